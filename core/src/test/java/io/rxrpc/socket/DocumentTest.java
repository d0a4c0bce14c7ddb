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
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sentences of the RxRPC document that no other test is about, each as a test of its own. */
class DocumentTest {
  private static final ControlMessage.Abort ABORT = new ControlMessage.Abort(7);

  private RxrpcSocket server;
  private RxrpcSocket client;

  @BeforeEach
  void open() throws IOException {
    server = Sockets.server();
    client = Sockets.client(server);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** The next call waits to be accepted, and is. */
  private void accept(long tag) throws IOException {
    assertThat(receive(server, 0)).isEqualTo("0 \"\" NEW_CALL []");
    server.sendmsg(Message.of(ACCEPT, id(tag)));
  }

  /** So many calls have reached the server: their NEW_CALLs stand in front of all data. */
  private void awaitCalls(int calls) {
    while (SocketAccess.table(server).driver.status().liveCalls() < calls) {
      Thread.onSpinWait();
    }
  }

  private static void awaitMessage(RxrpcSocket s) throws IOException {
    assertThat(s.poll(EnumSet.of(PollEvent.IN), Duration.ofSeconds(20))).isNotEmpty();
  }

  @Test
  @DisplayName("AF_RXRPC permits multiple services to share an endpoint")
  void services() throws IOException {
    try (RxrpcSocket two = Sockets.client();
        RxrpcSocket caller = Sockets.client()) {
      two.bind(RxrpcAddress.of("127.0.0.1", 0, 10)).addService(11);
      two.listen(10);
      for (int service = 10; service <= 11; service++) {
        caller.sendmsg(data(service, "x").to(new RxrpcAddress(address(two).transport(), service)));
        assertThat(two.recvmsg(ByteBuffer.allocate(0)).has(ControlMessage.NewCall.class)).isTrue();
        two.sendmsg(Message.of(ACCEPT, id(100 + service)));
        ReceivedMessage m = two.recvmsg(ByteBuffer.allocate(10));
        assertThat(m.address().serviceId()).isEqualTo(service);
        assertThat(m.userCallId()).hasValue(100 + service);
      }
    }
  }

  @Test
  @DisplayName("Each connection is retained for a certain amount of time [tunable]")
  void retained() throws IOException {
    for (int call = 1; call <= 3; call++) {
      client.sendmsg(data(1, "x"));
      accept(101);
      assertThat(receive(server, 10)).isEqualTo("1 \"x\" USER_CALL_ID=101 []");
      server.sendmsg(data(101, "y"));
      assertThat(receive(client, 10)).isEqualTo("1 \"y\" USER_CALL_ID=1 [EOR]"); // the tag again
      assertThat(receive(server, 10)).isEqualTo("0 \"\" USER_CALL_ID=101 ACK [EOR]");
    }
    CallTable table = SocketAccess.table(client);
    assertThat(table.driver.counters().get("client-connections-opened")).isEqualTo(1);
    try (RxrpcSocket hasty =
        Sockets.timed(
            RxrpcSocket.open(
                StandardProtocolFamily.INET,
                Sockets.tunables().with(Tunable.CLIENT_IDLE_EXPIRY, Duration.ofMillis(50))))) {
      hasty.connect(address(server));
      hasty.sendmsg(data(1, "x"));
      accept(101);
      receive(server, 10);
      server.sendmsg(Message.of(id(101), ABORT));
      receive(hasty, 10);
      while (SocketAccess.table(hasty).driver.status().clientConnections() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  @DisplayName("If connect() is called on an unbound client, a random local port is bound")
  void boundByConnect() throws IOException {
    assertThat(address(client).transport().getPort()).isGreaterThanOrEqualTo(1024);
    assertThat(address(client).serviceId()).isZero();
  }

  @Test
  @DisplayName("This may be overridden by an alternate address with the first sendmsg() of a call")
  void overridden() throws IOException {
    try (RxrpcSocket other = Sockets.server()) {
      client.sendmsg(data(1, "not for the default").to(address(other)));
      awaitMessage(other);
      assertThat(server.poll()).doesNotContain(PollEvent.IN);
      client.sendmsg(data(2, "for it"));
      awaitMessage(server);
    }
  }

  @Test
  @DisplayName("Any messages waiting in the receive queue for that call will be discarded")
  void discarded() throws IOException {
    client.sendmsg(data(1, "one"));
    client.sendmsg(data(2, "two"));
    awaitCalls(2);
    accept(101);
    accept(102);
    server.sendmsg(Message.of(id(101), ABORT));
    assertThat(receive(server, 10)).isEqualTo("3 \"two\" USER_CALL_ID=102 []");
    assertErrno(Errno.EAGAIN, () -> receive(server, 10, MsgFlag.DONTWAIT));
    assertErrno(Errno.EBADSLT, () -> server.sendmsg(Message.of(id(101), ABORT)));
    assertThat(receive(client, 10)).isEqualTo("0 \"\" USER_CALL_ID=1 ABORT=7 [EOR]");
    assertErrno(Errno.EBADSLT, () -> client.sendmsg(Message.of(id(1), ABORT)));
  }

  @Test
  @DisplayName("recvmsg works through data until (b) it meets a non-data message")
  void stopsAtNonData() throws IOException {
    client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE); // two full packets leave
    accept(101);
    awaitMessage(server);
    client.sendmsg(Message.of(id(1), ABORT));
    ByteBuffer buffer = ByteBuffer.allocate(100_000);
    ReceivedMessage m = server.recvmsg(buffer);
    while (!m.endOfRecord()) {
      assertThat(m.length()).isPositive();
      assertThat(m.more()).isTrue();
      m = server.recvmsg(buffer);
    }
    assertThat(m.length()).isZero();
    assertThat(m.control()).containsExactly(id(101), ABORT);
  }

  @Test
  @DisplayName("recvmsg works through data until (a) the end of the call's data, (d) a full buffer")
  void stopsAtTheEnd() throws IOException {
    client.sendmsg(data(1, "first"));
    client.sendmsg(data(2, "second"));
    awaitCalls(2);
    accept(101);
    accept(102);
    assertThat(receive(server, 3)).isEqualTo("3 \"fir\" USER_CALL_ID=101 [MORE]");
    assertThat(receive(server, 100)).isEqualTo("2 \"st\" USER_CALL_ID=101 []"); // stayed in front
    assertThat(receive(server, 100)).isEqualTo("6 \"second\" USER_CALL_ID=102 []");
  }

  @Test
  @DisplayName("MSG_PEEK returns immediately if it has put any data in the buffer")
  void peek() throws IOException {
    client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE);
    accept(101);
    awaitMessage(server);
    ReceivedMessage peeked = server.recvmsg(ByteBuffer.allocate(100_000), MsgFlag.PEEK);
    assertThat(peeked.length()).isPositive();
    assertThat(peeked.more()).isTrue();
    assertThat(server.recvmsg(ByteBuffer.allocate(10)).length()).isEqualTo(10); // nothing was taken
  }

  @Test
  @DisplayName("zero-length requests and replies are calls like others")
  void empty() throws IOException {
    client.sendmsg(data(1, ""));
    accept(101);
    assertThat(receive(server, 10)).isEqualTo("0 \"\" USER_CALL_ID=101 []");
    server.sendmsg(data(101, ""));
    assertThat(receive(client, 10)).isEqualTo("0 \"\" USER_CALL_ID=1 [EOR]");
    assertThat(receive(server, 10)).isEqualTo("0 \"\" USER_CALL_ID=101 ACK [EOR]");
  }

  @Test
  @DisplayName("If an ICMP error is received, all calls affected by that error will be aborted")
  void icmp() throws IOException {
    int port;
    try (DatagramSocket probe = new DatagramSocket()) {
      port = probe.getLocalPort();
    }
    RxrpcAddress closed = RxrpcAddress.of("127.0.0.1", port, 9);
    client.sendmsg(data(9, "not affected"));
    for (int tag = 1; tag <= 3; tag++) {
      client.sendmsg(data(tag, "x").to(closed));
    }
    Set<String> seen = new HashSet<>();
    for (int tag = 1; tag <= 3; tag++) {
      seen.add(receive(client, 10));
    }
    assertThat(seen).hasSize(3).allMatch(s -> s.endsWith("NET_ERROR=ECONNREFUSED [EOR]"));
    assertErrno(Errno.EAGAIN, () -> receive(client, 10, MsgFlag.DONTWAIT));
  }

  @Test
  @DisplayName("the call may have gone by the time it is accepted: the first still queued is taken")
  void gone() throws IOException {
    client.sendmsg(data(1, "gone"));
    assertThat(receive(server, 0)).isEqualTo("0 \"\" NEW_CALL []");
    client.sendmsg(data(2, "here"));
    awaitMessage(server);
    client.sendmsg(Message.of(id(1), ABORT));
    while (SocketAccess.table(server).driver.status().liveCalls() > 1) {
      Thread.onSpinWait();
    }
    server.sendmsg(Message.of(ACCEPT, id(101)));
    assertThat(receive(server, 10)).isEqualTo("4 \"here\" USER_CALL_ID=101 []");
    assertErrno(Errno.ENODATA, () -> server.sendmsg(Message.of(ACCEPT, id(102))));
  }

  @Test
  @DisplayName("Up to the point the final packet of reply data is sent, the call can be aborted")
  void abortsWhileReplying() throws IOException {
    client.sendmsg(data(1, "x"));
    accept(101);
    receive(server, 10);
    server.sendmsg(Message.of(101, new byte[3000]), MsgFlag.MORE);
    awaitMessage(client);
    server.sendmsg(Message.of(id(101), ABORT));
    ReceivedMessage m = client.recvmsg(ByteBuffer.allocate(100_000));
    while (!m.endOfRecord()) {
      m = client.recvmsg(ByteBuffer.allocate(100_000));
    }
    assertThat(m.control()).containsExactly(id(1), ABORT);
    assertErrno(Errno.EAGAIN, () -> receive(server, 10, MsgFlag.DONTWAIT));
  }
}
