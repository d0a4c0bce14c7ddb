// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.address;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.key.Key;
import io.rxrpc.key.KeyFacility;
import io.rxrpc.key.KeyType;
import io.rxrpc.key.Keyring;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.TokenWriter;
import io.rxrpc.security.rxkad.TicketIssuer;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the document says of keys and of calls that have them. */
@Tag("long")
class DocumentKeysTest {
  private static final byte[] SECRET = {0x10, 0x32, 0x54, 0x76, 0x19, 0x3b, 0x5d, 0x7f};

  private final KeyFacility facility = new KeyFacility(InstantSource.system());
  private Keyring ring;
  private RxrpcSocket server;

  @BeforeEach
  void open() throws Exception {
    ring = facility.process().addKeyring("AFSkeys");
    server = Sockets.client();
    server.keys(KeyResolver.of(facility)).setOption(RxrpcOption.SECURITY_KEYRING, "AFSkeys");
    server.bind(RxrpcAddress.of("127.0.0.1", 0, Sockets.SERVICE));
    server.listen(10);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Key key(String description) throws Exception {
    RxkadToken token =
        TicketIssuer.classic(5, SECRET, new SecureRandom())
            .issue("user", "", "", Instant.now().minusSeconds(60), Duration.ofHours(10));
    return facility.process().add(KeyType.RXRPC, description, TokenWriter.versionOne(token));
  }

  private RxrpcSocket client(int port, String key) throws IOException {
    RxrpcSocket c = Sockets.client();
    c.keys(KeyResolver.of(facility));
    c.bind(RxrpcAddress.of("127.0.0.1", port, 0));
    if (!key.isEmpty()) {
      c.setOption(RxrpcOption.SECURITY_KEY, key);
    }
    c.connect(address(server));
    return c;
  }

  private void call(RxrpcSocket client) throws IOException {
    client.sendmsg(data(1, "hello"));
    assertThat(receive(server, 0)).isEqualTo("0 \"\" NEW_CALL []");
    server.sendmsg(Message.of(ACCEPT, id(101)));
    assertThat(receive(server, 10)).isEqualTo("5 \"hello\" USER_CALL_ID=101 []");
    server.sendmsg(data(101, "there"));
    assertThat(receive(client, 10)).isEqualTo("5 \"there\" USER_CALL_ID=1 [EOR]");
    assertThat(receive(server, 10)).isEqualTo("0 \"\" USER_CALL_ID=101 ACK [EOR]");
  }

  @Test
  @DisplayName("The keyring can be manipulated after it has been given to the socket")
  void keyringChanges() throws Exception {
    key("key");
    try (RxrpcSocket client = client(0, "key")) {
      client.sendmsg(data(1, "too early"));
      assertThat(receive(client, 10)).contains("USER_CALL_ID=1 ABORT=").endsWith("[EOR]");
      ring.add(KeyType.RXRPC_S, Sockets.SERVICE + ":2", SECRET.clone());
      call(client);
    }
  }

  @Test
  @DisplayName("A connection is only shared between calls if they have the same key, or none")
  void sharing() throws Exception {
    ring.add(KeyType.RXRPC_S, Sockets.SERVICE + ":2", SECRET.clone());
    key("one");
    key("two");
    try (RxrpcSocket first = client(0, "one")) {
      int port = address(first).transport().getPort();
      try (RxrpcSocket same = client(port, "one");
          RxrpcSocket other = client(port, "two");
          RxrpcSocket none = client(port, "");
          RxrpcSocket noneEither = client(port, "")) {
        int[] connections = {1, 1, 2, 3, 3};
        RxrpcSocket[] sockets = {first, same, other, none, noneEither};
        for (int i = 0; i < sockets.length; i++) {
          call(sockets[i]);
          assertThat(SocketAccess.table(first).driver.status().clientConnections())
              .isEqualTo(connections[i]);
        }
      }
    }
  }

  @Test
  @DisplayName("RXRPC_LOCAL_ERROR: a local error was encountered, and the call was aborted for it")
  void localError() throws Exception {
    ring.add(KeyType.RXRPC_S, Sockets.SERVICE + ":2", SECRET.clone());
    Key key = key("key");
    try (RxrpcSocket client = client(0, "key")) {
      call(client); // the connection is secured
      client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE);
      key.revoke();
      assertErrno(
          Errno.EKEYREVOKED,
          () -> client.sendmsg(Message.of(1, ByteBuffer.allocate(100_000)), MsgFlag.MORE));
      ReceivedMessage m = client.recvmsg(ByteBuffer.allocate(10));
      assertThat(m.control())
          .containsExactly(id(1), new ControlMessage.LocalError(Errno.EKEYREVOKED.number()));
      assertThat(m.endOfRecord()).isTrue();
    }
  }
}
