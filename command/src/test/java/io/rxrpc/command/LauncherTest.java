// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts {@code ./rxrpc} and {@code ./build}, with programs in place of java and mvn. */
@Tag("long")
class LauncherTest {
  @TempDir private Path directory;
  private Path tree;

  @BeforeEach
  void aTree() throws IOException {
    directory = directory.toRealPath();
    Path project = Path.of("").toAbsolutePath().getParent();
    tree = Files.createDirectories(directory.resolve("tree of sources"));
    for (String script : List.of("rxrpc", "build")) {
      program(tree.resolve(script), Files.readString(project.resolve(script)));
    }
    Files.createDirectories(tree.resolve(".mvn"));
    Files.copy(project.resolve(".mvn/jdk.sh"), tree.resolve(".mvn/jdk.sh"));
    Files.createDirectories(tree.resolve("command/target"));
    Path home = Files.createDirectories(directory.resolve("jdk"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    program(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        for word; do echo "<$word>"; done
        echo "env ${JDK_JAVA_OPTIONS-none} ${JAVA_TOOL_OPTIONS-none}"
        """);
    program(directory.resolve("path/mvn"), "#!/bin/sh\npwd -P\n");
    Files.writeString(tree.resolve("command/target/built"), ""); // newest: nothing is to be built
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String run(Map<String, String> variables, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());
    environment.put("PATH", directory.resolve("path") + ":" + environment.get("PATH"));
    environment.putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void javaIsNotMadeToTellOfItsOptions() throws IOException, InterruptedException {
    String said =
        run(
            Map.of("JDK_JAVA_OPTIONS", "-Xmx64m '-Dx=a  b'", "JAVA_TOOL_OPTIONS", "-Dtool=1"),
            "'tree of sources/rxrpc' call T --text 'x  y'");
    assertThat(said)
        .contains("<-Xmx64m>\n<-Dx=a  b>\n<-Dtool=1>\n")
        .contains("<call>\n<T>\n<--text>\n<x  y>\n")
        .endsWith("env none none\n");
  }

  @Test
  void theOptionsOfTheJvmHaveAVariableOfTheirOwn() throws IOException, InterruptedException {
    String said =
        run(
            Map.of("RXRPC_JAVA_OPTIONS", "-XX:+UseParallelGC -Da=\"it's\" -Db='$HOME `id` *;'"),
            "'tree of sources/rxrpc' demo");
    assertThat(said)
        .contains("<-XX:+UseParallelGC>\n<-Da=it's>\n<-Db=$HOME `id` *;>\n")
        .doesNotContain("SerialGC")
        .contains("<demo>");
    assertThat(run(Map.of(), "'tree of sources/rxrpc' demo")).contains("<-XX:+UseSerialGC>");
  }

  @Test
  void bothScriptsWorkThroughSymbolicLinks() throws IOException, InterruptedException {
    Path links = Files.createDirectories(directory.resolve("bin"));
    for (String script : List.of("rxrpc", "build")) {
      Files.createSymbolicLink(links.resolve(script), Path.of("../tree of sources/" + script));
      Files.createSymbolicLink(directory.resolve(script), links.resolve(script));
    }
    String lib = tree.resolve("command/target/lib").toString();
    assertThat(run(Map.of(), "bin/rxrpc demo")).contains("<" + lib + ">");
    assertThat(run(Map.of(), "./rxrpc demo")).contains("<" + lib + ">");
    assertThat(run(Map.of(), "bin/build test").strip()).isEqualTo(tree.toString());
    assertThat(run(Map.of(), "./build test").strip()).isEqualTo(tree.toString());
    assertThat(run(Map.of(), "cd bin && PATH=.:$PATH build").strip()).isEqualTo(tree.toString());
  }

  @Test
  void whatIsKeptForAQuickStartIsUsedUnlessOtherOptionsSpeakOfIt()
      throws IOException, InterruptedException {
    assertThat(run(Map.of(), "'tree of sources/rxrpc' demo")).doesNotContain("AOT");
    // The rehearsal was the fake's, which leaves no file; it is not tried at every call.
    Path log = tree.resolve("command/target/rxrpc-aot.log");
    assertThat(log)
        .content()
        .contains("<io.rxrpc.cli/io.rxrpc.cli.Rehearsal>")
        .as("profiles of a rehearsal mislead what runs longer")
        .contains("<-XX:-AOTRecordTraining>");
    Files.writeString(log, "");
    Path cache = Files.writeString(tree.resolve("command/target/rxrpc.aot"), "");
    assertThat(run(Map.of(), "'tree of sources/rxrpc' demo"))
        .contains("<-XX:AOTCache=" + cache + ">\n<-Xlog:aot*=off>\n<-Xlog:cds*=off>\n")
        .contains("<demo>");
    assertThat(log).isEmptyFile();
    for (String options : List.of("-XX:AOTMode=off", "-Xshare:off")) {
      assertThat(run(Map.of("RXRPC_JAVA_OPTIONS", options), "'tree of sources/rxrpc' demo"))
          .contains("<" + options + ">")
          .doesNotContain("AOTCache");
    }
    Path other = Files.createDirectories(directory.resolve("jdk 26"));
    Files.writeString(other.resolve("release"), "JAVA_VERSION=\"26\"\n");
    program(other.resolve("bin/javac"), "#!/bin/sh\n");
    Files.copy(directory.resolve("jdk/bin/java"), other.resolve("bin/java"));
    assertThat(run(Map.of("JAVA_HOME", other.toString()), "'tree of sources/rxrpc' demo"))
        .as("what another JDK has kept")
        .doesNotContain("AOT");
    assertThat(log).content().contains("Rehearsal");
  }

  @Test
  void closedDescriptorsAreNotLeftToBeTakenByOthers() throws IOException, InterruptedException {
    program(
        directory.resolve("jdk/bin/java"),
        """
        #!/bin/sh
        in=$(readlink /proc/$$/fd/0) out=$(readlink /proc/$$/fd/1)
        echo "$in $out" >&2
        """);
    assertThat(run(Map.of(), "'tree of sources/rxrpc' demo <&- >&-"))
        .isEqualTo("/dev/null /dev/full\n");
  }
}
