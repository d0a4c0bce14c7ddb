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
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** UDP ports, services and connections that are shared, and how long they stay. */
@Tag("long")
class SharingTest {
  private static RxrpcSocket open(Tunables t) throws IOException {
    return Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, t));
  }

  @Test
  @DisplayName("sockets of one JVM share a port, each with its services and calls")
  void onePort() throws IOException {
    try (RxrpcSocket one = Sockets.server();
        RxrpcSocket two = open(Sockets.tunables());
        RxrpcSocket client = open(Sockets.tunables())) {
      InetSocketAddress port = address(one).transport();
      assertErrno(Errno.EADDRINUSE, () -> two.bind(new RxrpcAddress(port, Sockets.SERVICE)));
      two.bind(new RxrpcAddress(port, 53));
      two.listen(10);
      client.bind(new RxrpcAddress(port, 0)); // the servers' port makes the client's calls
      client.sendmsg(data(1, "to two").to(new RxrpcAddress(port, 53)));
      client.sendmsg(data(2, "to one").to(new RxrpcAddress(port, Sockets.SERVICE)));
      assertThat(receive(two, 10)).contains("NEW_CALL");
      assertThat(receive(one, 10)).contains("NEW_CALL");
      one.sendmsg(Message.of(ACCEPT, id(1)));
      two.sendmsg(Message.of(ACCEPT, id(1)));
      assertThat(receive(one, 10)).contains("to one");
      assertThat(receive(two, 10)).contains("to two");
      two.close();
      assertThat(receive(client, 10)).contains("USER_CALL_ID=1 ABORT=RX_CALL_DEAD");
      one.sendmsg(data(1, "still here"));
      assertThat(receive(client, 10)).contains("still here");
    }
  }

  @Test
  @DisplayName(
      "clients without a port of their own share one, and the next finds it and its connection")
  void anonymous() throws IOException {
    Tunables keep = Tunables.defaults().with(Tunable.ENDPOINT_EXPIRY, Duration.ofSeconds(60));
    RxrpcAddress first;
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = open(keep)) {
      call(client, server);
      first = address(client);
      client.close();
      try (RxrpcSocket next = open(keep)) {
        call(next, server);
        assertThat(address(next)).isEqualTo(first);
        assertThat(opened(next)).isEqualTo(1);
      }
    }
  }

  private static void call(RxrpcSocket client, RxrpcSocket server) throws IOException {
    client.connect(address(server));
    client.sendmsg(data(1, "x"));
    receive(server, 10);
    server.sendmsg(Message.of(ACCEPT, id(1)));
    receive(server, 10);
    server.sendmsg(data(1, "y"));
    assertThat(receive(client, 10)).contains("[EOR]");
    assertThat(receive(server, 10)).contains("ACK [EOR]");
  }

  private static long opened(RxrpcSocket s) {
    return SocketAccess.table(s).driver.counters().get("client-connections-opened");
  }

  @Test
  @DisplayName("a port goes when its connections have gone and its time is over")
  void expiry() throws Exception {
    Tunables shortly =
        Tunables.defaults()
            .with(Tunable.ENDPOINT_EXPIRY, Duration.ofMillis(50))
            .with(Tunable.CLIENT_IDLE_EXPIRY, Duration.ofMillis(50));
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = open(shortly)) {
      client.bind(RxrpcAddress.of("127.0.0.1", 0, 0));
      int port = address(client).transport().getPort();
      call(client, server);
      client.close();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!free(port)) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @Test
  @DisplayName("a port without sockets is kept from the end of its last connection on")
  void expiryCountsFromTheLastConnection() throws Exception {
    Duration idle = Duration.ofMillis(200);
    Duration kept = Duration.ofMillis(600);
    Tunables shortly =
        Tunables.defaults()
            .with(Tunable.ENDPOINT_EXPIRY, kept)
            .with(Tunable.CLIENT_IDLE_EXPIRY, idle);
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = open(shortly)) {
      client.bind(RxrpcAddress.of("127.0.0.1", 0, 0));
      int port = address(client).transport().getPort();
      client.connect(address(server));
      client.sendmsg(data(1, "x"));
      receive(server, 10);
      server.sendmsg(Message.of(ACCEPT, id(1)));
      receive(server, 10);
      server.sendmsg(data(1, "y"));
      // the connection is idle from a moment behind this one: what is busy only makes it later
      long before = System.nanoTime();
      assertThat(receive(client, 10)).contains("[EOR]");
      client.close();
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!free(port)) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(idle.plus(kept).minusMillis(20));
    }
  }

  @Test
  @DisplayName("a second bind names the port that the system chose, or 0 again, and no other")
  void secondService() throws IOException {
    try (RxrpcSocket server = open(Sockets.tunables());
        RxrpcSocket wild = open(Sockets.tunables());
        RxrpcSocket client = open(Sockets.tunables())) {
      server.bind(RxrpcAddress.of("127.0.0.1", 0, 52));
      RxrpcAddress got = address(server);
      server.bind(new RxrpcAddress(got.transport(), 53));
      server.bind(RxrpcAddress.of("127.0.0.1", 0, 54));
      int other = got.transport().getPort() == 7 ? 9 : 7;
      assertErrno(Errno.EINVAL, () -> server.bind(RxrpcAddress.of("127.0.0.1", other, 55)));
      assertErrno(Errno.EADDRINUSE, () -> server.bind(new RxrpcAddress(got.transport(), 53)));
      assertErrno(Errno.EINVAL, () -> server.bind(new RxrpcAddress(got.transport(), 0)));
      server.listen(10);
      for (int service = 52; service <= 54; service++) {
        client.sendmsg(data(service, "x").to(new RxrpcAddress(got.transport(), service)));
        assertThat(receive(server, 10)).contains("NEW_CALL");
        server.sendmsg(Message.of(ACCEPT, id(service)));
        assertThat(receive(server, 10)).contains("USER_CALL_ID=" + service);
      }
      wild.bind(RxrpcAddress.of("0.0.0.0", 0, 52));
      wild.bind(new RxrpcAddress(address(wild).transport(), 53));
    }
  }

  private static boolean free(int port) throws IOException {
    try (DatagramSocket s =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      return s.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  @DisplayName("a rejected call is BUSY for its client, or comes again")
  void reject() throws IOException {
    Tunables hasty = Sockets.tunables().with(Tunable.BUSY_PATIENCE, 0);
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = open(hasty);
        RxrpcSocket patient = open(Sockets.tunables())) {
      assertErrno(Errno.ENODATA, server::rejectCall);
      client.connect(address(server));
      client.sendmsg(data(1, "x"));
      assertThat(receive(server, 10)).contains("NEW_CALL");
      server.rejectCall();
      assertThat(receive(client, 10)).isEqualTo("0 \"\" USER_CALL_ID=1 BUSY [EOR]");
      assertErrno(Errno.ENODATA, () -> server.sendmsg(Message.of(ACCEPT, id(1))));
      patient.connect(address(server));
      patient.sendmsg(data(2, "again"));
      assertThat(receive(server, 10)).contains("NEW_CALL");
      server.rejectCall();
      assertThat(receive(server, 10)).contains("NEW_CALL");
      server.sendmsg(Message.of(ACCEPT, id(1)));
      assertThat(receive(server, 10)).contains("again");
    }
  }

  @Test
  @DisplayName("calls beyond the backlog are answered BUSY, and taken when there is room")
  void backlog() throws IOException {
    try (RxrpcSocket server = Sockets.server();
        RxrpcSocket client = Sockets.client(server)) {
      server.listen(1);
      client.sendmsg(data(1, "first"));
      assertThat(receive(server, 10)).contains("NEW_CALL");
      client.sendmsg(data(2, "second"));
      assertErrno(Errno.EAGAIN, () -> receive(server, 10, MsgFlag.DONTWAIT));
      server.sendmsg(Message.of(ACCEPT, id(1)));
      assertThat(receive(server, 10)).contains("first");
      assertThat(receive(server, 10)).contains("NEW_CALL");
      server.sendmsg(Message.of(ACCEPT, id(2)));
      assertThat(receive(server, 10)).contains("second");
      server.listen(0);
      client.sendmsg(data(3, "third"));
      assertThat(receive(client, 10)).contains("USER_CALL_ID=3 ABORT=RX_INVALID_OPERATION");
    }
  }

  @Test
  @DisplayName("IPv6: a server and a client, and IPv4 on a socket for both")
  void ipv6() throws IOException {
    try (RxrpcSocket server =
            Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET6, Sockets.tunables()));
        RxrpcSocket six =
            Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET6, Sockets.tunables()));
        RxrpcSocket four = Sockets.client()) {
      server.bind(RxrpcAddress.of("::", 0, Sockets.SERVICE));
      server.listen(10);
      int port = address(server).transport().getPort();
      six.connect(RxrpcAddress.of("::1", port, Sockets.SERVICE));
      six.sendmsg(data(1, "six"));
      assertThat(receive(server, 10)).contains("NEW_CALL");
      server.sendmsg(Message.of(ACCEPT, id(1)));
      assertThat(receive(server, 10)).contains("six");
      server.sendmsg(data(1, "6"));
      assertThat(receive(six, 10)).contains("\"6\"");
      assertThat(receive(server, 10)).contains("USER_CALL_ID=1 ACK [EOR]");
      four.connect(RxrpcAddress.of("127.0.0.1", port, Sockets.SERVICE));
      four.sendmsg(data(1, "four"));
      assertThat(receive(server, 10)).contains("NEW_CALL");
      server.sendmsg(Message.of(ACCEPT, id(2)));
      assertThat(receive(server, 10)).contains("four");
      six.sendmsg(data(3, "four too").to(RxrpcAddress.of("127.0.0.1", port, Sockets.SERVICE)));
      assertThat(receive(server, 10)).contains("NEW_CALL");
    }
  }
}
