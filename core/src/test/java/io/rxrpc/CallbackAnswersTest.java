// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that only calls, and a server that calls back before it answers, as file servers do. */
class CallbackAnswersTest {
  private static final int UUID = 44;

  private static byte[] request(int opcode, byte[] rest) {
    return ByteBuffer.allocate(4 + rest.length).putInt(opcode).put(rest).array();
  }

  private static RxrpcEndpoint.Builder loopback() {
    return RxrpcEndpoint.builder()
        .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Asks its caller, and answers with what it was told. */
  private static RxrpcEndpoint fileServer(int opcode, byte[] rest) throws IOException {
    RxrpcEndpoint server = loopback().open();
    server.serve(
        1,
        call -> {
          call.readAll(1000);
          RxrpcAddress back = new RxrpcAddress(call.client(), 1);
          try {
            call.endReply(server.call(back, request(opcode, rest)));
          } catch (RemoteAbortException e) {
            throw new CallAbort(e.code());
          }
        });
    return server;
  }

  private static byte[] told(int opcode, byte[] rest, RxrpcEndpoint client) throws IOException {
    try (RxrpcEndpoint server = fileServer(opcode, rest)) {
      return client.call(new RxrpcAddress(server.localAddress(), 1), request(153, new byte[0]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 206, 213})
  @DisplayName("it is alive, and has nothing to forget")
  void emptyAnswers(int opcode) throws IOException {
    try (RxrpcEndpoint client = loopback().answerCallbacks(true).open()) {
      assertThat(told(opcode, new byte[UUID], client)).isEmpty();
    }
  }

  @Test
  @DisplayName("it tells who it is: the same to all servers, and what it is probed for")
  void identity() throws IOException {
    try (RxrpcEndpoint client = loopback().answerCallbacks(true).open();
        RxrpcEndpoint other = loopback().answerCallbacks(true).open()) {
      byte[] about = told(65538, new byte[0], client);
      assertThat(about).hasSize(436);
      byte[] uuid = Arrays.copyOfRange(about, 4, 4 + UUID);
      assertThat(told(212, new byte[0], client)).hasSize(432).startsWith(Arrays.copyOf(about, 48));
      assertThat(told(214, uuid, client)).isEmpty();
      assertThatThrownBy(() -> told(214, uuid, other))
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(1));
    }
  }

  @Test
  @DisplayName("it answers nothing else, and survives requests that are cut")
  void everythingElse() throws IOException {
    try (RxrpcEndpoint client = loopback().answerCallbacks(true).open()) {
      assertThatThrownBy(() -> told(4711, new byte[0], client))
          .hasMessageContaining("RXGEN_OPCODE");
      assertThatThrownBy(() -> told(214, new byte[7], client))
          .hasMessageContaining("RXGEN_SS_UNMARSHAL");
    }
  }

  @Test
  @DisplayName("an endpoint answers no such calls unless it is told to")
  void notByItself() throws IOException {
    try (RxrpcEndpoint client = loopback().open()) {
      assertThatThrownBy(() -> told(65538, new byte[0], client))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.INVALID_OPERATION));
    }
  }
}
