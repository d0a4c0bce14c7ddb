// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rxrpc afsdump}. */
class AfsdumpCommandTest {
  @TempDir private Path directory;
  private Path dump;

  @BeforeEach
  void aDump() throws IOException {
    dump = Files.write(directory.resolve("sample.dump"), SampleDump.octets());
  }

  @Test
  void aDumpIsListed() {
    CommandRun run = CommandRun.of("afsdump", "ls", dump.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("drwxr-xr-x      8       2048 2023-11-1").endsWith(" /");
    assertThat(lines.get(1)).startsWith("-rw-r--r--      8         12 ").endsWith(" /hello");
    assertThat(lines.get(2)).startsWith("lrwxr-xr-x ").endsWith(" /link -> hello");
    assertThat(lines.get(3)).startsWith("mrw-r--r-- ").endsWith(" /mount -> #root.cell.");
  }

  @Test
  void theListIsJsonLineByLine() {
    CommandRun run = CommandRun.of("afsdump", "ls", dump.toString(), "--json");
    List<JsonObject> rows =
        run.out().lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).getAsJsonObject("acl").getAsJsonArray("positive").toString())
        .contains("-204", "rlidwka");
    assertThat(rows.get(1).get("path").getAsString()).isEqualTo("/hello");
    assertThat(rows.get(1).get("size").getAsLong()).isEqualTo(12);
    assertThat(rows.get(1).get("modified").getAsString()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(rows.get(3).get("kind").getAsString()).isEqualTo("mount_point");
  }

  @ParameterizedTest
  @CsvSource({"/hello", "hello", "link"})
  void aFileIsPrinted(String path) {
    CommandRun run = CommandRun.of("afsdump", "cat", dump.toString(), path);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("Hello, AFS!\n");
  }

  @Test
  void aDumpComesFromStdin() throws IOException {
    CommandRun run = CommandRun.withInput(Files.readAllBytes(dump), "afsdump", "check", "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("volume sample (536870919)").endsWith("sound\n");
  }

  @Test
  void aSoundDumpIsCalledSound() {
    CommandRun run = CommandRun.of("afsdump", "check", dump.toString(), "--json");
    JsonObject json = run.json().getAsJsonObject();
    assertThat(json.get("sound").getAsBoolean()).isTrue();
    assertThat(json.get("complete").getAsBoolean()).isTrue();
    assertThat(json.get("volume").getAsString()).isEqualTo("sample");
    assertThat(json.get("files").getAsInt()).isEqualTo(1);
    assertThat(json.getAsJsonArray("findings")).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void aTornDumpIsDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(dump);
    Files.write(dump, Arrays.copyOf(whole, whole.length - 40));
    CommandRun run = CommandRun.of("afsdump", "check", dump.toString());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).contains("error: ").contains("damaged: ");
    CommandRun json = CommandRun.of("afsdump", "check", dump.toString(), "--json");
    assertThat(json.json().getAsJsonObject().get("sound").getAsBoolean()).isFalse();
    CommandRun list = CommandRun.of("afsdump", "ls", dump.toString());
    assertThat(list.code()).isEqualTo(ExitCode.USAGE);
    assertThat(list.err()).contains("sample.dump: octet ").hasLineCount(1);
  }

  @Test
  void filesAreExtracted() throws IOException {
    Path folder = directory.resolve("out");
    CommandRun run = CommandRun.of("afsdump", "extract", dump.toString(), folder.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("hello")).hasContent("Hello, AFS!\n");
    assertThat(Files.readSymbolicLink(folder.resolve("link"))).isEqualTo(Path.of("hello"));
    CommandRun again = CommandRun.of("afsdump", "extract", dump.toString(), folder.toString());
    assertThat(again.code()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("is not empty").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls /no/such/file | /no/such/file: no such file",
        "check /no/such/file | no such file",
        "cat FILE nothing | nothing is not in the dump",
        "cat FILE hello/x | no directory",
        "cat FILE / | directory",
        "cat FILE mount | mount point",
        "cat FILE hello --json | --json",
        "cat FILE | PATH",
        "ls | FILE",
        "lst FILE | did you mean 'ls'?",
        "ls pom.xml | octet 0"
      })
  void whatCannotBeIsOneLine(String words, String says) {
    CommandRun run =
        CommandRun.of(("afsdump " + words.replace("FILE", dump.toString())).split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(says).hasLineCount(1).doesNotContain("\tat ");
  }

  @Test
  void withoutASubverbItSaysWhichThereAre() {
    CommandRun run = CommandRun.of("afsdump");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("afsdump needs ls, cat, check or extract");
  }
}
