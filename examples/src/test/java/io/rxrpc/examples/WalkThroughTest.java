// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WalkThroughTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final ByteArrayOutputStream serverText = new ByteArrayOutputStream();
  private final ByteArrayOutputStream clientText = new ByteArrayOutputStream();

  private static PrintStream printer(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("the document's client and server talk, and both end")
  void document() throws Exception {
    CompletableFuture<RxrpcAddress> listening = new CompletableFuture<>();
    FutureTask<Void> server =
        new FutureTask<>(
            () -> {
              DocumentServer.run(ANY, printer(serverText), listening::complete);
              return null;
            });
    Thread.ofVirtual().start(server);
    RxrpcAddress address = listening.get(20, TimeUnit.SECONDS);
    assertThat(DocumentClient.run(address, printer(clientText))).isTrue();
    server.get(30, TimeUnit.SECONDS);
    assertThat(clientText.toString(StandardCharsets.UTF_8))
        .contains(
            "(3) setsockopt RXRPC_SECURITY_KEY \"AFS:cambridge.redhat.com\"",
            "(5) sendmsg: 7 bytes RXRPC_USER_CALL_ID=1 MSG_MORE",
            "\"You said: Hello, world\" RXRPC_USER_CALL_ID=1 MSG_EOR",
            "(6) recvmsg: 0 bytes RXRPC_USER_CALL_ID=2 RXRPC_ABORT=4711 MSG_EOR");
    assertThat(serverText.toString(StandardCharsets.UTF_8))
        .contains(
            "(4) recvmsg: 0 bytes RXRPC_NEW_CALL",
            "(5) sendmsg: 0 bytes RXRPC_ACCEPT RXRPC_USER_CALL_ID=101",
            "RXRPC_ACK MSG_EOR",
            "(10) sendmsg: 0 bytes RXRPC_USER_CALL_ID=");
  }

  @Test
  @DisplayName("the same two in the idiomatic API")
  void plain() throws Exception {
    CompletableFuture<RxrpcAddress> listening = new CompletableFuture<>();
    FutureTask<Void> server =
        new FutureTask<>(
            () -> {
              PlainServer.run(ANY, printer(serverText), listening::complete);
              return null;
            });
    Thread.ofVirtual().start(server);
    PlainClient.run(listening.get(20, TimeUnit.SECONDS), printer(clientText));
    server.get(30, TimeUnit.SECONDS);
    assertThat(serverText.toString(StandardCharsets.UTF_8))
        .contains("request: Hello, world", "request: please abort");
    assertThat(clientText.toString(StandardCharsets.UTF_8))
        .contains("reply: You said: Hello, world", "aborted: 4711");
  }
}
