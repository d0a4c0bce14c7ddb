// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.Rxrpc;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells systemd, at a socket as systemd has it. */
@EnabledOnOs(OS.LINUX)
class SupervisorTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Supervisor supervisor(String socket) {
    return Supervisor.of(
        Map.of("NOTIFY_SOCKET", socket), new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void readyAndStoppingAreTold() throws Throwable {
    String abstractName = "@rxrpc-test-" + folder.getFileName() + ProcessHandle.current().pid();
    for (String name : new String[] {folder.resolve("notify").toString(), abstractName}) {
      try (NoticeReceiver systemd = new NoticeReceiver(name)) {
        Supervisor supervisor = supervisor(name);
        supervisor.ready("127.0.0.1:7003/52");
        supervisor.stopping();
        assertThat(systemd.receive()).isEqualTo("READY=1\nSTATUS=listening 127.0.0.1:7003/52");
        assertThat(systemd.receive()).startsWith("STOPPING=1\n");
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void nobodyIsToldWhereNobodyAsks() {
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
    Supervisor.of(Map.of(), out).ready("127.0.0.1:7003/52");
    Supervisor.of(Map.of("NOTIFY_SOCKET", ""), out).stopping();
    assertThat(err.size()).isZero();
  }

  @Test
  void aSocketThatCannotBeToldIsOneLineAndNoEnd() {
    supervisor(folder.resolve("nobody").toString()).ready("127.0.0.1:7003/52");
    supervisor("x".repeat(108)).stopping();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("rxrpc: cannot tell the one named by NOTIFY_SOCKET: "))
        .first()
        .asString()
        .contains("ENOENT");
  }

  @Test
  @Tag("long")
  void aServerTellsWhenItIsReadyAndWhenItEnds() throws Throwable {
    Path name = folder.resolve("notify");
    try (NoticeReceiver systemd = new NoticeReceiver(name.toString())) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              Rxrpc.class.getName(),
              "serve",
              "0/52",
              "--echo");
      builder.environment().put("NOTIFY_SOCKET", name.toString());
      builder.redirectErrorStream(true).redirectOutput(folder.resolve("printed").toFile());
      Process server = builder.start();
      try {
        assertThat(systemd.receive()).startsWith("READY=1\nSTATUS=listening 127.0.0.1:");
        server.destroy();
        assertThat(systemd.receive()).startsWith("STOPPING=1\n");
        assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(server.exitValue()).isZero();
      } finally {
        server.destroyForcibly();
      }
    }
  }
}
