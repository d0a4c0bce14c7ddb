// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.SocketWalkThroughTest.assertErrno;
import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.address;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;
import static io.rxrpc.socket.Sockets.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.Look;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What goes with the first message of a call, and how calls share connections and ports. */
class CallOptionsTest {
  private static final ControlMessage.Abort ABORT = new ControlMessage.Abort(7);

  private static void answer(RxrpcSocket server, long tag) throws IOException {
    receive(server, 100);
    server.sendmsg(data(tag, "reply"));
  }

  private static long connections(RxrpcSocket s) {
    return SocketAccess.table(s).driver.counters().get("client-connections-opened");
  }

  @Test
  @DisplayName("an exclusive call has a connection of its own; others share")
  void exclusive() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      for (int i = 1; i <= 4; i++) {
        server.sendmsg(Message.of(CHARGE, id(100 + i)));
        Message m = data(i, "x");
        client.sendmsg(i % 2 == 0 ? m.with(new ControlMessage.ExclusiveCall()) : m);
        answer(server, 100 + i);
        assertThat(receive(client, 100)).contains("[EOR]");
        assertThat(receive(server, 100)).contains("ACK [EOR]");
      }
      assertThat(connections(client)).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("the option makes every call exclusive")
  void exclusiveOption() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client()) {
      client.setOption(RxrpcOption.EXCLUSIVE_CONNECTION, true);
      client.connect(address(server));
      for (int i = 1; i <= 3; i++) {
        server.sendmsg(Message.of(CHARGE, id(100 + i)));
        client.sendmsg(data(i, "x"));
        answer(server, 100 + i);
        receive(client, 100);
      }
      assertThat(connections(client)).isEqualTo(3);
    }
  }

  @Test
  @DisplayName("EXCLUSIVE_CONNECTION is for each call made subsequently; null is its value in C")
  void exclusiveLater() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      boolean[] wanted = {false, true, true, false};
      for (int i = 0; i < wanted.length; i++) {
        if (i == 1) {
          client.setOption(RxrpcOption.EXCLUSIVE_CONNECTION, null);
        } else if (i == 3) {
          client.setOption(RxrpcOption.EXCLUSIVE_CONNECTION, false);
        }
        server.sendmsg(Message.of(CHARGE, id(100 + i)));
        client.sendmsg(data(i, "x"));
        answer(server, 100 + i);
        receive(client, 100);
        assertThat(receive(server, 100)).contains("ACK [EOR]");
      }
      assertThat(connections(client)).isEqualTo(3); // the last call has the first one's
    }
  }

  @Test
  @DisplayName("null is no value of any other option")
  void nullValues() throws IOException {
    try (RxrpcSocket client = Sockets.client()) {
      for (SocketOption<?> option : client.supportedOptions()) {
        if (!option.equals(RxrpcOption.EXCLUSIVE_CONNECTION)) {
          assertErrno(Errno.EINVAL, () -> client.setOption(option, null));
        }
      }
    }
  }

  @Test
  @DisplayName("a call that cannot begin leaves no tag, and options can still be set")
  void nothingBegun() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client()) {
      ControlMessage.TxLength five = new ControlMessage.TxLength(5);
      Message m = data(1, "sixsix").to(address(server));
      assertErrno(Errno.EMSGSIZE, () -> client.sendmsg(m.with(five)));
      assertErrno(Errno.EBADSLT, () -> client.sendmsg(Message.of(id(1), ABORT)));
      assertErrno(Errno.EAGAIN, () -> receive(client, 10)); // nothing to wait for
      client.setOption(RxrpcOption.MIN_SECURITY_LEVEL, 1);
      assertErrno(Errno.ENOKEY, () -> client.sendmsg(data(1, "x").to(address(server))));
      client.setOption(RxrpcOption.MIN_SECURITY_LEVEL, 0);
      assertThat(client.sendmsg(data(1, "fives").to(address(server)).with(five))).isEqualTo(5);
      assertErrno(Errno.EISCONN, () -> client.setOption(RxrpcOption.MIN_SECURITY_LEVEL, 1));
    }
  }

  @Test
  @DisplayName("a phase must have the length that was announced")
  void length() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      ControlMessage.TxLength five = new ControlMessage.TxLength(5);
      client.sendmsg(data(1, "abc").with(five), MsgFlag.MORE);
      assertErrno(Errno.EMSGSIZE, () -> client.sendmsg(data(1, "def"), MsgFlag.MORE));
      assertErrno(Errno.EMSGSIZE, () -> client.sendmsg(data(1, "d")));
      assertErrno(Errno.EINVAL, () -> client.sendmsg(data(1, "de").with(five)));
      assertThat(client.sendmsg(data(1, "de"))).isEqualTo(2);
      receive(server, 100);
      server.sendmsg(Message.of(ACCEPT, id(7)));
      assertThat(receive(server, 100)).isEqualTo("5 \"abcde\" USER_CALL_ID=7 []");
    }
  }

  @Test
  @DisplayName("a client that is ready for it is answered by the newer service, others are not")
  void upgrade() throws IOException {
    try (RxrpcSocket server =
            Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, Sockets.tunables()));
        RxrpcSocket client = Sockets.client()) {
      server.bind(RxrpcAddress.of("127.0.0.1", 0, 52));
      server.addService(2052);
      server.setOption(RxrpcOption.UPGRADEABLE_SERVICE, new ServiceUpgrade(52, 2052));
      server.listen(10);
      client.connect(address(server));
      int[] services = {2052, 2052, 52};
      for (int i = 0; i < 3; i++) {
        server.sendmsg(Message.of(CHARGE, id(100 + i)));
        Message m = data(i, "x");
        client.sendmsg(i < 2 ? m.with(new ControlMessage.UpgradeService()) : m);
        ReceivedMessage request = server.recvmsg(ByteBuffer.allocate(10));
        assertThat(request.address().serviceId()).isEqualTo(services[i]);
        server.sendmsg(data(100 + i, "reply"));
        ReceivedMessage reply = client.recvmsg(ByteBuffer.allocate(10));
        assertThat(reply.endOfRecord()).as(reply.toString()).isTrue();
        assertThat(reply.address().serviceId()).isEqualTo(services[i]);
        assertThat(receive(server, 10)).contains("ACK [EOR]");
      }
      assertThat(connections(client)).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("only one call asks for a newer service, the others wait for the answer")
  void upgradeOneAtATime() throws IOException {
    try (RawPeer server = new RawPeer();
        RxrpcSocket client = Sockets.client()) {
      client.connect(server.address(52));
      ControlMessage.UpgradeService ask = new ControlMessage.UpgradeService();
      client.sendmsg(data(1, "x").with(ask));
      byte[] request = server.await(PacketType.DATA);
      assertThat(Header.userStatus(MemorySegment.ofArray(request), 0)).isEqualTo(1);
      assertErrno(Errno.EAGAIN, () -> client.sendmsg(data(2, "x").with(ask), MsgFlag.DONTWAIT));
      Header.setServiceId(MemorySegment.ofArray(request), 0, 2052); // the answer has it so
      server.answer(request, PacketType.DATA, 1, 1, Flags.LAST_PACKET, RawPeer.bytes("reply"));
      assertThat(client.recvmsg(ByteBuffer.allocate(10)).address().serviceId()).isEqualTo(2052);
      assertThat(client.sendmsg(data(2, "x"))).isEqualTo(1);
      MemorySegment second = MemorySegment.ofArray(server.await(PacketType.DATA));
      assertThat(Header.serviceId(second, 0)).isEqualTo(2052);
      assertThat(Header.userStatus(second, 0)).isZero();
    }
  }

  @Test
  @DisplayName("recvmsg stops where the message of another call stands between")
  void otherCallsStandBetween() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      server.sendmsg(Message.of(CHARGE, id(101)));
      client.sendmsg(Message.of(1, new byte[1413]), MsgFlag.MORE); // one packet leaves
      server.poll(Set.of(PollEvent.IN), Duration.ofSeconds(20));
      server.sendmsg(Message.of(CHARGE, id(102)));
      client.sendmsg(data(2, "other"));
      awaitEntries(server, 2);
      client.sendmsg(data(1, "rest"));
      awaitEntries(server, 3);
      ByteBuffer b = ByteBuffer.allocate(5000);
      ReceivedMessage m = server.recvmsg(b);
      assertThat(m.length()).isEqualTo(1412);
      assertThat(m.more()).isTrue();
      assertThat(receive(server, 100)).isEqualTo("5 \"other\" USER_CALL_ID=102 []");
      assertThat(server.recvmsg(b.clear()).length()).isEqualTo(5);
    }
  }

  private static void awaitEntries(RxrpcSocket s, int n) {
    CallTable table = SocketAccess.table(s);
    while (true) {
      int entries = 0;
      try (Look _ = table.driver.look()) {
        for (Inbox.Entry e = table.inbox.first(); e != null; e = table.inbox.after(e)) {
          entries++;
        }
      }
      if (entries >= n) {
        return;
      }
      Thread.onSpinWait();
    }
  }
}
