// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.ACCEPT;
import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Group M: sendmsg and its control data. */
final class SendRows {
  private static final RxrpcAddress NOBODY =
      new RxrpcAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7999), 52);

  private SendRows() {}

  static void run(Seen seen) throws IOException {
    seen.inexpressible("there is no such method", "M2");
    seen.inexpressible("control messages are typed", "M4", "M5", "M6b", "M13", "M29", "M31", "M32");
    seen.inexpressible("these control messages have no data", "M17", "M26", "M27");
    seen.inexpressible("an address has no transport type", "M9");
    try (RxrpcSocket c = Sockets.client()) {
      client(seen, c);
      limits(seen, c);
    }
    try (RxrpcSocket s = Sockets.server()) {
      received(seen, s);
      server(seen, s);
    }
  }

  private static void client(Seen seen, RxrpcSocket c) {
    ControlMessage.Abort abort = new ControlMessage.Abort(5);
    seen.same("M1", () -> c.sendmsg(Message.of()));
    seen.same("M3", () -> c.sendmsg(Message.of(abort)));
    seen.same("M7", () -> c.sendmsg(data(1, "x")));
    seen.same(
        "M8",
        () ->
            c.sendmsg(
                data(1, "x").to(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7999))));
    seen.same("M10", () -> c.sendmsg(data(1, "x").to(NOBODY), MsgFlag.OOB));
    seen.same("M11", () -> c.sendmsg(Message.of(id(1), abort)));
    seen.same("M12", () -> c.sendmsg(Message.of(id(1), new ControlMessage.Abort(0))));
    seen.same("M14", () -> c.sendmsg(Message.of(id(1), abort, abort)));
    seen.same("M15", () -> c.sendmsg(Message.of(id(1), abort, CHARGE)));
    seen.same("M16", () -> c.sendmsg(Message.of(id(1), CHARGE)));
  }

  private static void limits(Seen seen, RxrpcSocket c) {
    Duration second = Duration.ofSeconds(1);
    seen.same(
        "M28", () -> c.sendmsg(data(1, "x").to(NOBODY).with(new ControlMessage.TxLength(-1))));
    seen.same(
        "M30",
        () ->
            c.sendmsg(
                Message.of(id(1), new ControlMessage.TxLength(1), new ControlMessage.Abort(5))));
    seen.same(
        "M33",
        () ->
            c.sendmsg(
                data(1, "x")
                    .to(NOBODY)
                    .with(
                        new ControlMessage.SetCallTimeout(Duration.ofSeconds(Integer.MAX_VALUE)))));
    seen.same(
        "M34",
        () ->
            c.sendmsg(
                data(1, "x")
                    .to(NOBODY)
                    .with(
                        new ControlMessage.SetCallTimeout(
                            second, Duration.ofMillis(3_600_001), null))));
  }

  private static void received(Seen seen, RxrpcSocket s) {
    seen.same("M6a", () -> s.sendmsg(Message.of(id(1), new ControlMessage.Ack())));
    seen.same("M6c", () -> s.sendmsg(Message.of(id(1), new ControlMessage.NetError(5))));
    seen.same("M6d", () -> s.sendmsg(Message.of(id(1), new ControlMessage.Busy())));
    seen.same("M6e", () -> s.sendmsg(Message.of(id(1), new ControlMessage.LocalError(5))));
    seen.same("M6f", () -> s.sendmsg(Message.of(id(1), new ControlMessage.NewCall())));
    seen.different(
        "M6g",
        "ENODATA",
        "document, RXRPC_ACCEPT: ENODATA if there is no call to be accepted",
        () -> s.sendmsg(Message.of(id(1), ACCEPT)));
  }

  private static void server(Seen seen, RxrpcSocket s) throws IOException {
    try (RxrpcSocket early = Sockets.client()) {
      early.bind(RxrpcAddress.of("127.0.0.1", 0, 5));
      seen.same("M25", () -> early.sendmsg(Message.of(id(1), CHARGE)));
    }
    s.listen(10);
    seen.same("M18", () -> s.sendmsg(Message.of(id(101), CHARGE)));
    seen.same("M19", () -> s.sendmsg(Message.of(id(101), CHARGE)));
    seen.same("M20", () -> s.sendmsg(data(102, "payload").with(CHARGE)));
    for (int tag = 103; tag <= 110; tag++) {
      s.sendmsg(Message.of(id(tag), CHARGE));
    }
    seen.same("M21", () -> s.sendmsg(Message.of(id(111), CHARGE)));
    seen.same("M22", () -> s.sendmsg(data(101, "x")));
    seen.same("M23", () -> s.sendmsg(Message.of(id(101), new ControlMessage.Abort(5))));
    seen.same("M24", () -> s.sendmsg(data(999, "x")));
  }
}
