// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What three shells make of the scripts; zsh and fish where they are installed. */
class ShellCompletionTest {
  /** What is typed, with the last word unfinished, and what a shell then offers, at least. */
  private static final Map<String, List<String>> OFFERED =
      Map.ofEntries(
          Map.entry("cal", List.of("call")),
          Map.entry("perf cl", List.of("client")),
          Map.entry("rpc list bo", List.of("bos")),
          Map.entry("rpc show vl.GetEntryByNameU", List.of("vl.GetEntryByNameU")),
          Map.entry("error VL_NOEN", List.of("VL_NOENT")),
          Map.entry("call h/vl GetEntryByNameU", List.of("GetEntryByNameU")),
          Map.entry("call h/pt NameToI", List.of("NameToID")),
          Map.entry("call --json h/bos GetCellN", List.of("GetCellName")),
          Map.entry("call --lev", List.of("--level")),
          Map.entry("call h/vl --level enc", List.of("encrypt")),
          Map.entry("call h/vl --port-kind n", List.of("nio")),
          Map.entry("call h/vl --cell ath", List.of("athena.example")),
          Map.entry("call h/vl --key af", List.of("afs@athena.example")),
          Map.entry("unlog --cell ath", List.of("athena.example")),
          Map.entry("key show af", List.of("afs@athena.example")),
          Map.entry("debug h conn", List.of("connections")),
          Map.entry("completion fi", List.of("fish")));

  @TempDir private Path folder;

  @BeforeEach
  void aCommandThatKnowsACellAndAKey() throws IOException {
    Path stub = folder.resolve("rxrpc");
    Files.writeString(
        stub,
        """
        #!/bin/sh
        case "$*" in
          'completion --list cells') echo athena.example; echo other.example ;;
          'completion --list keys') echo afs@athena.example; echo mine ;;
        esac
        """);
    Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path script(String shell) throws IOException {
    CommandRun run = CommandRun.of("completion", shell);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return Files.write(folder.resolve("script." + shell), run.stdout());
  }

  private List<String> said(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    Process shell = builder.start();
    shell.getOutputStream().close();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }

  /** With the words in COMP_WORDS, as a function for completion gets them. */
  private List<String> bash(Path script, String typed) throws IOException, InterruptedException {
    int last = typed.split(" ", -1).length;
    return said(
        "bash",
        "-c",
        "compopt() { :; }; . %s && COMP_WORDS=(rxrpc %s) COMP_CWORD=%d; _complete_rxrpc; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, typed, last));
  }

  /** With the line in COMP_LINE, whose colons divide words for bash. */
  private List<String> bashLine(Path script, String typed)
      throws IOException, InterruptedException {
    return said(
        "bash",
        "-c",
        "compopt() { :; }; . %s && COMP_LINE='rxrpc %s'; COMP_POINT=${#COMP_LINE}; _complete_rxrpc; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, typed));
  }

  @Test
  void bashCompletesVerbsServicesProceduresCellsAndKeys() throws Exception {
    Path script = script("bash");
    for (Map.Entry<String, List<String>> row : OFFERED.entrySet()) {
      assertThat(bash(script, row.getKey())).as(row.getKey()).isEqualTo(row.getValue());
      assertThat(bashLine(script, row.getKey())).as(row.getKey()).isEqualTo(row.getValue());
    }
    assertThat(bash(script, "call host:7003/v"))
        .containsExactly("host:7003/vl", "host:7003/vol", "host:7003/vote");
    assertThat(bashLine(script, "call host:7003/v"))
        .containsExactly("7003/vl", "7003/vol", "7003/vote");
    assertThat(bashLine(script, "call h/vl --level=enc")).containsExactly("encrypt");
    assertThat(bash(script, "call h/vl --set rto-mi")).containsExactly("rto-min=");
    assertThat(bash(script, "tokens --")).contains("--json").doesNotContain("--pcap");
    assertThat(bash(script, "call h/vl NameTo")).containsExactly("");
  }

  static boolean zshIsAbsent() {
    return !Files.exists(Path.of("/usr/bin/zsh")) && !Files.exists(Path.of("/bin/zsh"));
  }

  @Test
  @DisabledIf("zshIsAbsent")
  void zshCompletesTheSame() throws Exception {
    Path script = script("zsh");
    for (Map.Entry<String, List<String>> row : OFFERED.entrySet()) {
      String typed = row.getKey();
      String last = typed.substring(typed.lastIndexOf(' ') + 1);
      List<String> offered =
          said(
              "zsh",
              "-f",
              "-c",
              """
              compadd() { local w seen=; for w in "$@"; do [[ -n $seen ]] && print -r -- $w; [[ $w == -- ]] && seen=1; done }
              compset() { :; }
              _files() { :; }
              source %s
              words=(rxrpc %s); CURRENT=${#words}; PREFIX=$words[CURRENT]
              _rxrpc
              """
                  .formatted(script, typed));
      assertThat(offered.stream().filter(word -> word.startsWith(last)))
          .as(typed)
          .isEqualTo(row.getValue());
    }
    assertThat(Files.readString(script)).startsWith("#compdef rxrpc\n");
  }

  static boolean fishIsAbsent() {
    return !Files.exists(Path.of("/usr/bin/fish"));
  }

  @Test
  @DisabledIf("fishIsAbsent")
  void fishCompletesTheSame() throws Exception {
    Path script = script("fish");
    for (Map.Entry<String, List<String>> row : OFFERED.entrySet()) {
      List<String> offered =
          said(
              "fish",
              "--no-config",
              "-c",
              "source %s; complete -C 'rxrpc %s'".formatted(script, row.getKey()));
      assertThat(offered.stream().map(line -> line.replaceFirst("\t.*", "")))
          .as(row.getKey())
          .containsAll(row.getValue());
    }
    assertThat(
            said(
                "fish",
                "--no-config",
                "-c",
                "source %s; complete -C 'rxrpc call h/v'".formatted(script)))
        .contains("h/vl");
  }

  @Test
  void keysAndCellsComeFromTheTokenStore() {
    CommandRun keys =
        CommandRun.of(
            "completion", "--list", "keys", "--token-file", folder.resolve("none").toString());
    assertThat(keys.code()).isZero();
    assertThat(keys.out()).isEmpty();
  }

  @Test
  void theScriptsAreAlwaysTheSame() throws IOException {
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertThat(CommandRun.of("completion", shell).out())
          .isEqualTo(CommandRun.of("completion", shell).out())
          .contains("rxrpc");
    }
    assertThat(Stream.of("completion", "").map(w -> CommandRun.of("completion").out()).distinct())
        .hasSize(1);
  }
}
