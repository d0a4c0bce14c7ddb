// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rxrpc.cli.frame.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of output that cannot be written. */
@Tag("long")
class OutputFaultsTest {
  private static final File FULL = new File("/dev/full");

  @BeforeAll
  static void needsTheDevice() {
    assumeTrue(FULL.exists(), "no /dev/full here");
  }

  private record Run(int code, String err) {
    static Run of(ProcessBuilder.Redirect out, String... args)
        throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Rxrpc.class.getName());
      command.addAll(List.of(args));
      Path log = Files.createTempFile("rxrpc", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
        return new Run(process.exitValue(), Files.readString(log));
      } finally {
        Files.delete(log);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tunables", "tunables --json", "--help", "serve 0/52 --echo"})
  void aFullDeviceIsNamed(String line) throws IOException, InterruptedException {
    Run run = Run.of(ProcessBuilder.Redirect.to(FULL), line.split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("rxrpc: cannot ").contains("no space left").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--hex-out", "--json"})
  void aReplyThatDoesNotFitIsNamed(String option) throws IOException, InterruptedException {
    try (RunningCommand echo = RunningCommand.start("serve", "0/52", "--echo")) {
      List<String> args = new ArrayList<>(List.of("call", echo.target(), "--text", "hello"));
      args.addAll(option.isEmpty() ? List.of() : List.of(option));
      Run run = Run.of(ProcessBuilder.Redirect.to(FULL), args.toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("no space left").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--out /dev/full", "--out /dev/full --hex-out", "--pcap /dev/full"})
  void aFullFileIsNamed(String options) throws InterruptedException {
    try (RunningCommand echo = RunningCommand.start("serve", "0/52", "--echo")) {
      String line = "call " + echo.target() + " --text hello " + options;
      CommandRun run = CommandRun.of(line.split(" "));
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).containsIgnoringCase("no space left").hasLineCount(1);
    }
  }

  @Test
  void aClosedPipeIsNamedAsSuch() throws IOException, InterruptedException {
    Path log = Files.createTempFile("rxrpc", ".err");
    try {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String script =
          "{ '"
              + java
              + "' -XX:+UseSerialGC -cp '"
              + System.getProperty("java.class.path")
              + "' "
              + Rxrpc.class.getName()
              + " tunables 2>'"
              + log
              + "'; echo $? >&2; } | true";
      Process sh = new ProcessBuilder("sh", "-c", script).start();
      String code = new String(sh.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(sh.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(code.strip()).isEqualTo("2");
      assertThat(Files.readString(log)).contains("stdout is closed").hasLineCount(1);
    } finally {
      Files.delete(log);
    }
  }
}
