// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** {@code rxrpc example server} and, beside it, {@code rxrpc example client}. */
class ExampleCommandTest {
  private static int freePort() throws Exception {
    try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  @Test
  void theDocumentsWalkThroughsPrintEachStepAndEndWithZero() throws Exception {
    int port = freePort();
    try (RunningCommand server = RunningCommand.start("example", "server", "" + port)) {
      CommandRun client = CommandRun.of("example", "client", "127.0.0.1:" + port);
      assertThat(client.err()).isEmpty();
      assertThat(client.code()).isZero();
      assertThat(client.out())
          .contains("(1) socket", "(2) bind", "(4) connect 127.0.0.1:" + port + "/52")
          .contains("(3) setsockopt RXRPC_SECURITY_KEY", "(3) setsockopt RXRPC_MIN_SECURITY_LEVEL")
          .contains("(5) sendmsg: 7 bytes RXRPC_USER_CALL_ID=1 MSG_MORE")
          .contains("\"You said: Hello, world\" RXRPC_USER_CALL_ID=1 MSG_EOR")
          .contains("(6) recvmsg: 0 bytes RXRPC_USER_CALL_ID=2 RXRPC_ABORT=4711 MSG_EOR");
      String steps = server.listening() + "\n" + server.awaitEnd();
      assertThat(steps)
          .contains("(1) socket", "(2) setsockopt RXRPC_SECURITY_KEYRING", "(2) bind", "(3) listen")
          .contains("(4) recvmsg: 0 bytes RXRPC_NEW_CALL", "(5) sendmsg: 0 bytes RXRPC_ACCEPT")
          .contains("(6) recvmsg", "(8) sendmsg", "(9) recvmsg", "RXRPC_ACK MSG_EOR")
          .contains("(10) sendmsg");
      assertThat(server.err()).isEmpty();
      assertThat(server.code()).isZero();
    }
  }

  @Test
  void plainShowsTheIdiomaticPair() throws Exception {
    String port = "" + freePort();
    try (RunningCommand server = RunningCommand.start("example", "server", port, "--plain")) {
      CommandRun client = CommandRun.of("example", "client", "127.0.0.1:" + port, "--plain");
      assertThat(client.code()).isZero();
      assertThat(client.out()).contains("reply: You said: Hello, world", "aborted: 4711");
      assertThat(server.awaitEnd()).contains("request: Hello, world", "request: please abort");
      assertThat(server.code()).isZero();
    }
  }

  @Test
  void aClientWithoutAServerSaysWhatToDo() throws Exception {
    CommandRun run = CommandRun.of("example", "client", "127.0.0.1:" + freePort(), "--wait", "1ms");
    assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err()).contains("no server at", "rxrpc example server").hasLineCount(1);
  }

  @Test
  void aServerWhosePortIsTakenSaysWhatToDo() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      CommandRun run = CommandRun.of("example", "server", "" + taken.getLocalPort());
      assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
      assertThat(run.err()).contains("cannot listen on", "another port").hasLineCount(1);
    }
  }
}
