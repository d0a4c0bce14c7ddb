// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.address;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallHandler;
import io.rxrpc.CallOptions;
import io.rxrpc.ClientCall;
import io.rxrpc.LocalErrorException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a security class does not seal or does not unseal ends the call in one and the same way,
 * whoever asked it: a local error with the class's errno, and its abort code.
 */
@Timeout(60)
class RefusedSealTest {
  private static final int CODE = 4321;
  private static final Errno ERRNO = Errno.EKEYREVOKED;

  /** Without a challenge, as index 0 has none. */
  private record Refusing(boolean seals) implements ClientSecurity, ClientConnectionSecurity {
    @Override
    public int securityIndex() {
      return 0;
    }

    @Override
    public ClientConnectionSecurity connect(ConnectionIdentity connection) {
      return this;
    }

    @Override
    public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
      throw refusal();
    }

    @Override
    public int headerRoom() {
      return 0;
    }

    @Override
    public int capacity(int payload) {
      return payload;
    }

    @Override
    public int sealedLength(int dataLength) {
      return dataLength;
    }

    @Override
    public void seal(PlainPackets packets) throws SecurityFailure {
      if (!seals) {
        throw refusal();
      }
    }

    @Override
    public int unseal(SealedPacket packet, MemorySegment out, long outAt) throws SecurityFailure {
      throw refusal();
    }

    private static SecurityFailure refusal() {
      return new SecurityFailure(CODE, ERRNO, "planted");
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            e -> {
              Throwable why = e instanceof CompletionException ? e.getCause() : e;
              assertThat(why).isInstanceOf(LocalErrorException.class);
              assertThat(((LocalErrorException) why).errno()).isEqualTo(ERRNO);
              assertThat(why).hasMessageContaining("planted (EKEYREVOKED, " + CODE + ")");
            });
  }

  @ParameterizedTest(name = "seals: {0}")
  @ValueSource(booleans = {false, true})
  void callsOfTheApi(boolean seals) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    CallOptions options = CallOptions.DEFAULT.security(new Refusing(seals));
    try (RxrpcEndpoint server = RxrpcEndpoint.open(any);
        RxrpcEndpoint client = RxrpcEndpoint.open(any)) {
      server.serve(Sockets.SERVICE, CallHandler.blob(100, r -> r));
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), Sockets.SERVICE);
      byte[] request = new byte[50];
      assertRefused(() -> client.call(to, request, options));
      assertRefused(() -> client.callAsync(to, request, options).join());
      assertRefused(
          () -> {
            try (ClientCall call = client.begin(to, options)) {
              call.write(request, 0, request.length);
              call.readAll(100);
            }
          });
      assertThat(client.call(to, request)).as("a plain call beside them").hasSize(50);
    }
  }

  @ParameterizedTest(name = "seals: {0}")
  @ValueSource(booleans = {false, true})
  void callsOfASocket(boolean seals) throws IOException {
    KeyResolver resolver =
        new KeyResolver() {
          @Override
          public ClientKey key(String description) {
            return level -> new Refusing(seals);
          }

          @Override
          public ServerKeyring keyring(String description) throws SocketErrorException {
            throw new SocketErrorException(Errno.ENOKEY, description);
          }
        };
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client()) {
      client.keys(resolver).setOption(RxrpcOption.SECURITY_KEY, "key");
      client.connect(address(server));
      server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      client.sendmsg(data(1, "x"));
      if (seals) {
        receive(server, 10);
        server.sendmsg(data(101, "reply"));
      }
      // as Linux words it: what came and is wrong is aborted, what cannot be sent is an error here
      String end = seals ? "ABORT=" + CODE : "LOCAL_ERROR=EKEYREVOKED";
      assertThat(receive(client, 10)).isEqualTo("0 \"\" USER_CALL_ID=1 " + end + " [EOR]");
    }
  }

  @Test
  void thePeerOfACallThatIsOnHearsTheCode() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (RxrpcSocket server = Sockets.server();
        RxrpcEndpoint client = RxrpcEndpoint.open(any)) {
      server.sendmsg(Message.of(Sockets.CHARGE, id(101)));
      CallOptions options = CallOptions.DEFAULT.security(new Refusing(true));
      try (ClientCall call = client.begin(address(server), options)) {
        call.write(new byte[4], 0, 4);
        call.endRequest();
        receive(server, 10);
        server.sendmsg(Message.of(101, new byte[5000]), MsgFlag.MORE);
        assertRefused(() -> call.read(new byte[4], 0, 4));
        assertThat(receive(server, 10)).contains("USER_CALL_ID=101 ABORT=" + CODE);
      }
    }
  }
}
