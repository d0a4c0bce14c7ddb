// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.util.stream.Collectors;

/** Groups S, B, L and C: sockets, bind, listen, connect. */
final class SocketRows {
  private static final RxrpcAddress SERVER =
      new RxrpcAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7999), 52);
  private static final RxrpcAddress SERVER6 =
      new RxrpcAddress(new InetSocketAddress(InetAddress.ofLiteral("::1"), 7999), 52);

  private SocketRows() {}

  static void run(Seen seen) throws IOException {
    sockets(seen);
    bind(seen);
    bindAgain(seen);
    listen(seen);
    connect(seen);
  }

  private static RxrpcSocket v4() throws IOException {
    return RxrpcSocket.open(StandardProtocolFamily.INET, Sockets.tunables());
  }

  private static RxrpcSocket v6() throws IOException {
    return RxrpcSocket.open(StandardProtocolFamily.INET6, Sockets.tunables());
  }

  private static RxrpcAddress any(String host, int service) {
    return new RxrpcAddress(new InetSocketAddress(InetAddress.ofLiteral(host), 0), service);
  }

  private static void sockets(Seen seen) throws IOException {
    seen.same("S1", SocketRows::v4);
    seen.inexpressible("there is no socket type to choose", "S2", "S3");
    seen.same("S4", () -> RxrpcSocket.open(StandardProtocolFamily.UNIX));
    seen.same("S5", SocketRows::v6);
    seen.inexpressible("a protocol family is asked for, not a protocol", "S6");
    seen.inexpressible("there is no such method", "S7", "S8");
    try (RxrpcSocket s = v4()) {
      seen.different(
          "S9",
          "null",
          "getLocalAddress and the remote address answer",
          () -> "" + s.getLocalAddress());
      seen.different(
          "S10",
          "null",
          "getLocalAddress and the remote address answer",
          () -> "" + s.getRemoteAddress());
      seen.outcome("S14", "true", "a size", () -> s.getOption(StandardSocketOptions.SO_SNDBUF) > 0);
      seen.outcome("S15", "true", "a size", () -> s.getOption(StandardSocketOptions.SO_RCVBUF) > 0);
      seen.same(
          "S16", () -> s.poll().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")));
    }
    seen.inexpressible("C's numbers of families and types", "S11", "S12", "S13");
  }

  private static void bind(Seen seen) throws IOException {
    seen.inexpressible(
        "an address is an object without a length", "B1", "B2", "B3", "B7", "B8", "B9", "B10");
    seen.inexpressible("an address has no transport type", "B5", "B6");
    seen.same("B4", () -> v4().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    seen.same("B11", () -> v4().bind(UnixDomainSocketAddress.of("x")));
    seen.same("B12", () -> v4().bind(any("::1", 0)));
    seen.same("B13", () -> v6().bind(any("127.0.0.1", 0)));
    seen.same("B14", () -> v6().bind(any("::", 0)));
    seen.same("B15", () -> v4().bind(any("203.0.113.9", 0)));
  }

  private static void bindAgain(Seen seen) throws IOException {
    try (RxrpcSocket s = v4()) {
      seen.same("B16", () -> zero(s.bind(any("127.0.0.1", 0))));
      seen.same("B17", () -> s.bind(RxrpcAddress.of("127.0.0.1", 7998, 0)));
      seen.same("B18", () -> s.bind(any("127.0.0.1", 5)));
      seen.same("B19", () -> s.listen(10));
      seen.same("B20", () -> zero(s.connect(SERVER)));
    }
    try (RxrpcSocket s = v4()) {
      seen.same("B21", () -> zero(s.bind(any("127.0.0.1", 5))));
      seen.same("B22", () -> s.bind(any("127.0.0.1", 5)));
      seen.same("B23", () -> s.bind(any("127.0.0.1", 0)));
    }
  }

  private static void listen(Seen seen) throws IOException {
    Tunables ten = Sockets.tunables().with(Tunable.SOCKET_BACKLOG, 10);
    try (RxrpcSocket s = RxrpcSocket.open(StandardProtocolFamily.INET, ten);
        RxrpcSocket c = v4()) {
      seen.same("L1", () -> s.listen(10));
      c.connect(SERVER);
      seen.same("L2", () -> c.listen(10));
      s.bind(any("127.0.0.1", 5));
      seen.same("L3", () -> s.listen(-1));
      seen.same("L4", () -> s.listen(11));
      seen.same("L5", () -> s.listen(Integer.MAX_VALUE));
      s.listen(10);
      seen.same("L6", () -> zero(s.listen(10)));
      seen.same("C12", () -> s.connect(SERVER));
    }
  }

  private static void connect(Seen seen) throws IOException {
    seen.inexpressible("an address is an object without a length", "C2");
    seen.inexpressible("an address has no transport type", "C3");
    seen.same(
        "C1", () -> v4().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7999)));
    seen.same("C4", () -> v4().connect(SERVER6));
    seen.same("C5", () -> v4().connect(RxrpcAddress.of("127.0.0.1", 7999, 0)));
    seen.same("C6", () -> v4().connect(any("127.0.0.1", 52)));
    seen.same("C7", () -> v6().connect(SERVER));
    try (RxrpcSocket s = v4();
        RxrpcSocket server = v4()) {
      seen.same("C8", () -> zero(s.connect(SERVER)));
      seen.same("C9", () -> s.connect(SERVER));
      seen.same("C10", () -> s.connect(null));
      server.bind(any("127.0.0.1", 5));
      seen.same("C11", () -> server.connect(SERVER));
    }
  }

  /** Success that leaves the socket open. */
  private static int zero(RxrpcSocket s) {
    return s.isOpen() ? 0 : -1;
  }
}
