// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations that docs/logging.md shows do what it says, in programs of their own. */
class LoggingGuideTest {
  private static final String FAILED = "handler of service 100 failed, its call from 127.0.0.1:";
  private static final String CAUSES =
      "java.lang.IllegalStateException: cannot store at io.rxrpc.examples.FailingServer";

  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path page = Path.of("").toAbsolutePath().getParent().resolve("docs/logging.md");
    Matcher shown =
        Pattern.compile(
                "<!-- file " + Pattern.quote(name) + " -->\n```\\w+\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(page));
    assertThat(shown.find()).as(name).isTrue();
    return Files.writeString(folder.resolve(name), shown.group(1));
  }

  private static List<String> run(String option, boolean logback)
      throws IOException, InterruptedException {
    String classes =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> logback || !entry.matches(".*(logback|slf4j).*"))
            .collect(Collectors.joining(File.pathSeparator));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                option,
                "-cp",
                classes,
                FailingServer.class.getName())
            .redirectErrorStream(true)
            .start();
    program.getOutputStream().close();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.lines().toList();
  }

  @Test
  void javaUtilLoggingTellsAHandlersFailureWithItsCause() throws Exception {
    List<String> said = run("-Djava.util.logging.config.file=" + file("logging.properties"), false);
    assertThat(said).contains("the client saw RX_USER_ABORT (-6)");
    assertThat(said)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("WARNING", "io.rxrpc.call: " + FAILED, CAUSES)
                    .contains(", caused by java.io.IOException: disk full at io.rxrpc.examples."));
    assertThat(said).contains("Caused by: java.io.IOException: disk full"); // at FINE
  }

  @Test
  void logbackTellsAHandlersFailureWithItsCause() throws Exception {
    List<String> said = run("-Dlogback.configurationFile=" + file("logback.xml"), true);
    assertThat(said).contains("the client saw RX_USER_ABORT (-6)");
    assertThat(said)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("WARN  io.rxrpc.call: " + FAILED, CAUSES)
                    .contains(", caused by java.io.IOException: disk full at io.rxrpc.examples."));
    assertThat(said).contains("Caused by: java.io.IOException: disk full");
  }
}
