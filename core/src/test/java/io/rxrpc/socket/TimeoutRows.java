// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.time.Duration;

/** Group T: timeouts. */
final class TimeoutRows {
  private TimeoutRows() {}

  static void run(Seen seen) throws IOException {
    Tunables quick =
        Sockets.tunables()
            .with(Tunable.DEAD_TIME, Duration.ofMillis(500))
            .with(Tunable.KEEPALIVE, Duration.ofMillis(150));
    silent(seen, quick);
    slowApplication(seen, quick);
    noFinalAck(seen, quick);
  }

  private static RxrpcSocket open(Tunables t) throws IOException {
    return Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, t));
  }

  private static void silent(Seen seen, Tunables quick) throws IOException {
    try (RawPeer server = new RawPeer();
        RxrpcSocket c = open(quick)) {
      c.connect(server.address(62));
      c.sendmsg(data(1, "x"));
      seen.outcome(
          "T1",
          "0 bytes id=1 RXRPC_ABORT=-3 flags=EOR",
          "after the dead time",
          () -> Seen.receive(c, 100));
      RxrpcSocket patient = c;
      long began = System.nanoTime();
      c.sendmsg(
          data(2, "x")
              .with(
                  new ControlMessage.SetCallTimeout(
                      Duration.ofSeconds(3), null, Duration.ofSeconds(60))));
      seen.same(
          "T2",
          () -> {
            String line = Seen.receive(patient, 100);
            long millis = (System.nanoTime() - began) / 1_000_000;
            boolean inTime = millis >= 3000 && millis < 15_000; // a busy machine is no failure
            return line.equals("0 bytes id=2 RXRPC_ABORT=-3 flags=EOR") && inTime
                ? "abort -3"
                : line + " after " + millis + " ms";
          });
    }
  }

  private static void slowApplication(Seen seen, Tunables quick) throws IOException {
    try (RxrpcSocket s = open(quick);
        RxrpcSocket c = open(quick)) {
      s.bind(RxrpcAddress.of("127.0.0.1", 0, 5));
      s.listen(10);
      s.sendmsg(Message.of(id(101), CHARGE));
      c.connect(Sockets.address(s));
      c.sendmsg(data(1, "x"));
      Seen.receive(s, 100);
      seen.outcome(
          "T5",
          "ETIMEDOUT",
          "three dead times of 500 ms in place of 60 s",
          () -> Seen.receive(c, 100, Duration.ofMillis(1500)));
    }
  }

  private static void noFinalAck(Seen seen, Tunables quick) throws IOException {
    try (RxrpcSocket s = open(quick);
        RawPeer client = new RawPeer()) {
      s.bind(RxrpcAddress.of("127.0.0.1", 0, 5));
      s.listen(10);
      s.sendmsg(Message.of(id(101), CHARGE));
      int flags = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
      client.send(
          RawPeer.packet(PacketType.DATA, 1, 1, flags, 0, 5, RawPeer.bytes("x")),
          Sockets.address(s).transport());
      Seen.receive(s, 100);
      s.sendmsg(data(101, "y"));
      seen.outcome(
          "T8",
          "0 bytes id=101 RXRPC_ABORT=-3 flags=EOR",
          "after the dead time",
          () -> Seen.receive(s, 100));
    }
  }
}
