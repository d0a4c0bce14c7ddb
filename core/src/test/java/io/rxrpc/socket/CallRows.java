// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Groups K and R: a long conversation, and what recvmsg says when there is nothing. */
final class CallRows {
  private static final Duration OBSERVED = Duration.ofMillis(300);

  private CallRows() {}

  static void run(Seen seen) throws Exception {
    try (RxrpcSocket s = Sockets.server();
        RxrpcSocket c = Sockets.client(s)) {
      charge(s, 101);
      request(seen, c, s);
      reply(seen, c, s);
      end(seen, c, s);
    }
    serverAsClient(seen);
    several(seen);
    busy(seen);
    late(seen);
    receiving(seen);
  }

  private static int charge(RxrpcSocket s, long tag) throws IOException {
    return s.sendmsg(Message.of(id(tag), CHARGE));
  }

  private static void request(Seen seen, RxrpcSocket c, RxrpcSocket s) {
    seen.same("K1", () -> Seen.receive(c, 100));
    seen.same("K2", () -> c.sendmsg(data(1, "abcde"), MsgFlag.MORE));
    seen.same("K3", () -> Seen.receive(s, 100, OBSERVED));
    seen.same("K4", () -> Seen.receive(c, 100, MsgFlag.DONTWAIT));
    seen.same("K5", () -> c.sendmsg(data(1, "fghijk")));
    seen.same("K6", () -> Seen.receive(s, 4));
    seen.same("K7", () -> Seen.receive(s, 4, MsgFlag.PEEK));
    seen.same("K8", () -> s.sendmsg(data(101, "reply"), MsgFlag.MORE));
    seen.same("K9", () -> Seen.receive(s, 100));
    seen.same("K10", () -> Seen.receive(s, 100, MsgFlag.DONTWAIT));
    seen.same("K11", () -> c.sendmsg(data(1, "x")));
    seen.same("K12", () -> c.sendmsg(data(1, "")));
  }

  private static void reply(Seen seen, RxrpcSocket c, RxrpcSocket s) {
    seen.same("K13", () -> s.sendmsg(data(101, "123"), MsgFlag.MORE));
    seen.same("K14", () -> s.sendmsg(data(101, "45")));
    seen.same("K15", () -> s.sendmsg(data(101, "x")));
    seen.same(
        "K16",
        () -> {
          Seen.receive(c, 0, Duration.ofSeconds(5), MsgFlag.PEEK);
          return c.poll().stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
        });
    seen.same("K17", () -> Seen.receive(c, 2));
    seen.same("K18", () -> Seen.receive(c, 0));
    seen.same("K19", () -> Seen.receive(c, 100, MsgFlag.PEEK));
    seen.same("K20", () -> Seen.receive(c, 100));
    seen.same("K21", () -> Seen.receive(c, 100));
    seen.same("K22", () -> abort(c, 1));
    seen.same("K23", () -> Seen.receive(s, 100, Duration.ofSeconds(3)));
    seen.same("K24", () -> abort(s, 101));
    seen.same("K25", () -> charge(s, 101));
  }

  private static int abort(RxrpcSocket s, long tag) throws IOException {
    return s.sendmsg(Message.of(id(tag), new ControlMessage.Abort(5)));
  }

  /** Buffers of exactly the size. The tag 101 is used up first, so that 102 is next. */
  private static void end(Seen seen, RxrpcSocket c, RxrpcSocket s) throws IOException {
    charge(s, 102);
    c.sendmsg(data(9, "x"));
    Seen.receive(s, 100);
    abort(s, 101);
    Seen.receive(c, 100);
    c.sendmsg(data(2, "four"));
    seen.same("K26", () -> Seen.receive(s, 4));
    seen.same("K27", () -> Seen.receive(s, 4, MsgFlag.DONTWAIT));
    s.sendmsg(data(102, "FOUR"));
    seen.same("K28", () -> Seen.receive(c, 4));
  }

  private static void serverAsClient(Seen seen) throws IOException {
    try (RxrpcSocket one = Sockets.server();
        RxrpcSocket other = Sockets.server()) {
      charge(other, 101);
      seen.same("K54", () -> one.sendmsg(data(7001, "x").to(Sockets.address(other))));
      seen.same(
          "K55",
          () -> {
            ReceivedMessage m = other.recvmsg(ByteBuffer.allocate(100));
            int port = Sockets.address(one).transport().getPort();
            boolean from = m.address().transport().getPort() == port;
            return Seen.line(m) + (from ? ", from port of that server" : ", from " + m.address());
          });
      other.sendmsg(data(101, "ok"));
      seen.same("K56", () -> Seen.receive(one, 100));
    }
  }

  private static void several(Seen seen) throws IOException {
    try (RxrpcSocket s = Sockets.server();
        RxrpcSocket c = Sockets.client(s)) {
      for (int i = 1; i <= 6; i++) {
        charge(s, 100 + i);
        c.sendmsg(data(i, "x"));
      }
      seen.same(
          "K57",
          () -> {
            int n = 0;
            while (n < 6 && Seen.receive(s, 100).startsWith("1 bytes id=10")) {
              n++;
            }
            return n;
          });
      CallTable table = SocketAccess.table(c);
      seen.same("K58", () -> table.driver.status().clientConnections());
    }
  }

  private static void busy(Seen seen) throws IOException {
    Tunables t = Sockets.tunables().with(Tunable.BUSY_PATIENCE, Duration.ofMillis(100));
    try (RxrpcSocket s = Sockets.server();
        RxrpcSocket c = Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, t))) {
      c.connect(Sockets.address(s));
      charge(s, 101);
      c.sendmsg(data(1, "x"));
      Seen.receive(s, 100);
      c.sendmsg(data(2, "x"));
      seen.different(
          "K59",
          "0 bytes id=2 RXRPC_BUSY flags=EOR",
          "BUSY is delivered after a patience; Linux never delivers it",
          () -> Seen.receive(c, 100, Duration.ofSeconds(5)));
    }
  }

  private static void late(Seen seen) throws IOException {
    try (RxrpcSocket s = Sockets.server();
        RxrpcSocket c = Sockets.client(s)) {
      charge(s, 101);
      c.sendmsg(data(9, "x"));
      Seen.receive(s, 100);
      c.sendmsg(data(1, "x"));
      charge(s, 102);
      seen.same("K60a", () -> Seen.receive(s, 100, Duration.ofSeconds(5)));
      seen.same("K60b", () -> Seen.receive(c, 100, OBSERVED));
      s.setOption(RxrpcOption.RECEIVE_TIMEOUT, OBSERVED);
      seen.same("K61", () -> Seen.receive(s, 100));
    }
  }

  private static void receiving(Seen seen) throws Exception {
    try (RxrpcSocket c = Sockets.client();
        RxrpcSocket bound = Sockets.client();
        RxrpcSocket s = Sockets.server()) {
      seen.same("R1", () -> Seen.receive(c, 100));
      seen.same("R2", () -> Seen.receive(c, 100, MsgFlag.OOB));
      seen.same("R3", () -> Seen.receive(c, 100, MsgFlag.TRUNC));
      bound.bind(RxrpcAddress.of("127.0.0.1", 0, 5));
      seen.same("R4", () -> Seen.receive(bound, 100));
      seen.same("R5", () -> Seen.receive(s, 100, MsgFlag.DONTWAIT));
      seen.same("R6", () -> interrupted(s));
    }
  }

  private static @Nullable Object interrupted(RxrpcSocket s) throws Exception {
    Thread.currentThread().interrupt();
    try {
      return Seen.receive(s, 100);
    } finally {
      Thread.interrupted();
    }
  }
}
