// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.data;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramSocket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Group N: network errors and odd peers, seen from a client. */
final class NetworkRows {
  private static final byte[] NOTHING = {};

  private NetworkRows() {}

  static void run(Seen seen) throws IOException {
    refused(seen);
    refusedInMany(seen);
    try (RxrpcSocket s = Sockets.server();
        RxrpcSocket c = Sockets.client()) {
      RxrpcAddress served = Sockets.address(s);
      seen.same("N10", () -> c.sendmsg(data(1, "x").to(new RxrpcAddress(served.transport(), 61))));
    }
    aborts(seen);
    busy(seen);
    reply(seen);
  }

  private static RxrpcAddress closedPort() throws IOException {
    try (DatagramSocket s = new DatagramSocket()) {
      return RxrpcAddress.of("127.0.0.1", s.getLocalPort(), 62);
    }
  }

  private static void refused(Seen seen) throws IOException {
    try (RxrpcSocket c = Sockets.client()) {
      c.connect(closedPort());
      seen.same("N1", () -> c.sendmsg(data(1, "x")));
      seen.same("N2", () -> Seen.receive(c, 100));
      seen.same("N3", () -> c.sendmsg(Message.of(id(1), new ControlMessage.Abort(5))));
      seen.same("N4", () -> c.sendmsg(data(2, "x"), MsgFlag.MORE));
      seen.same("N5", () -> c.sendmsg(data(2, "x")));
      seen.same("N6", () -> Seen.receive(c, 100));
    }
  }

  private static void refusedInMany(Seen seen) throws IOException {
    try (RxrpcSocket c = Sockets.client()) {
      c.connect(closedPort());
      seen.same("N7", () -> c.sendmsg(Message.of(1, ByteBuffer.allocate(100_000)), MsgFlag.MORE));
      seen.same(
          "N8",
          () -> {
            Seen.receive(c, 0, MsgFlag.PEEK); // it is here
            return c.sendmsg(data(1, "x"));
          });
      seen.same("N9", () -> Seen.receive(c, 100));
    }
  }

  private static void aborts(Seen seen) throws IOException {
    try (RawPeer server = new RawPeer();
        RxrpcSocket c = Sockets.client()) {
      c.connect(server.address(62));
      c.sendmsg(data(1, "hello"));
      byte[] first = server.await(PacketType.DATA);
      seen.outcome(
          "N20",
          "DATA call=1 seq=1 svc=62 len=33 first=true last=true epoch=true",
          "whether REQUEST_ACK goes with it is policy",
          () -> first(first));
      server.answer(first, PacketType.ABORT, 1, 0, 0, RawPeer.int32(1234));
      seen.same("N21", () -> Seen.receive(c, 100));
      seen.same("N22", () -> RawPeer.text(server.receive(Duration.ofMillis(500))));
      c.sendmsg(data(1, "hello"));
      byte[] second = server.await(PacketType.DATA);
      server.answer(second, PacketType.ABORT, 0, 0, 0, RawPeer.int32(1234));
      seen.same("N23", () -> Seen.receive(c, 100));
    }
  }

  private static String first(byte[] packet) {
    MemorySegment p = MemorySegment.ofArray(packet);
    int flags = Header.flags(p, 0);
    return "%s call=%d seq=%d svc=%d len=%d first=%s last=%s epoch=%s"
        .formatted(
            PacketType.name(Header.type(p, 0)),
            Header.callNumber(p, 0),
            Header.seq(p, 0),
            Header.serviceId(p, 0),
            packet.length,
            (flags & Flags.CLIENT_INITIATED) != 0,
            (flags & Flags.LAST_PACKET) != 0,
            Header.epoch(p, 0) < 0);
  }

  private static void busy(Seen seen) throws IOException {
    Tunables t = Sockets.tunables().with(Tunable.RTO_INITIAL, Duration.ofMillis(200));
    try (RawPeer server = new RawPeer();
        RxrpcSocket c = Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, t))) {
      c.connect(server.address(62));
      c.sendmsg(data(1, "hello"));
      byte[] first = server.await(PacketType.DATA);
      server.answer(first, PacketType.BUSY, 1, 0, 0, NOTHING);
      seen.same("N24", () -> Seen.receive(c, 100, Duration.ofSeconds(3)));
      seen.outcome(
          "N25",
          "DATA call=1 seq=1",
          "it goes on; a serial and whether it pings first are policy",
          () -> {
            MemorySegment p = MemorySegment.ofArray(server.await(PacketType.DATA));
            return "DATA call=" + Header.callNumber(p, 0) + " seq=" + Header.seq(p, 0);
          });
    }
  }

  private static void reply(Seen seen) throws IOException {
    try (RawPeer server = new RawPeer();
        RxrpcSocket c = Sockets.client()) {
      c.connect(server.address(62));
      c.sendmsg(data(1, "hello"));
      byte[] request = server.await(PacketType.DATA);
      server.answer(request, PacketType.DATA, 1, 1, Flags.LAST_PACKET, RawPeer.bytes("reply"));
      seen.same("N26", () -> Seen.receive(c, 100));
      seen.outcome(
          "N27",
          "ACK call=1 first=2 nacks=0",
          "the final ACK; its serial and reason are policy",
          () -> {
            MemorySegment p = MemorySegment.ofArray(server.await(PacketType.ACK));
            return "ACK call=%d first=%d nacks=%d"
                .formatted(Header.callNumber(p, 0), Ack.firstPacket(p, 0), Ack.count(p, 0));
          });
    }
  }
}
