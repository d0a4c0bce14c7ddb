// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.CHARGE;
import static io.rxrpc.socket.Sockets.id;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Group W: packets sent by hand to a server, and its answers. */
final class PacketRows {
  private static final int SERVICE = 60;
  private static final int FIRST = Flags.CLIENT_INITIATED | Flags.LAST_PACKET;
  private static final Duration SILENCE = Duration.ofMillis(300);

  private PacketRows() {}

  static void run(Seen seen) throws IOException {
    try (RxrpcSocket s =
            Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, Sockets.tunables()));
        RawPeer peer = new RawPeer()) {
      s.bind(RxrpcAddress.of("127.0.0.1", 0, SERVICE));
      s.listen(100);
      s.sendmsg(Message.of(id(101), CHARGE));
      InetSocketAddress to = Sockets.address(s).transport();
      strange(seen, peer, to);
      refused(seen, peer, to);
      good(seen, peer, to, s);
    }
  }

  private static byte @Nullable [] ask(RawPeer peer, InetSocketAddress to, byte[] packet)
      throws IOException {
    peer.send(packet, to);
    return peer.receive(SILENCE);
  }

  private static void strange(Seen seen, RawPeer peer, InetSocketAddress to) {
    byte[] zeros = new byte[65];
    seen.outcome(
        "W1",
        "VERSION call=0 seq=0 serial=0 flags=0x4 sec=0 svc=0 len=93 \"RxRPC for Java\"",
        "with our own name",
        () ->
            RawPeer.text(
                ask(
                    peer,
                    to,
                    RawPeer.packet(
                        PacketType.VERSION, 0, 0, Flags.CLIENT_INITIATED, 0, 0, zeros))));
    seen.same(
        "W2",
        () ->
            RawPeer.text(ask(peer, to, RawPeer.packet(PacketType.VERSION, 0, 0, 0, 0, 0, zeros))));
    seen.same(
        "W3",
        () ->
            RawPeer.text(
                ask(
                    peer,
                    to,
                    RawPeer.packet(
                        PacketType.DEBUG, 0, 0, Flags.CLIENT_INITIATED, 0, 0, new byte[8]))));
  }

  private static void refused(Seen seen, RawPeer peer, InetSocketAddress to) {
    byte[] x = RawPeer.bytes("xyz");
    seen.same("W4", () -> RawPeer.text(ask(peer, to, data(1, 1, 0, 61, x))));
    seen.same("W5", () -> RawPeer.text(ask(peer, to, data(1, 1, 0, 0, x))));
    seen.same("W6", () -> secured(RawPeer.text(ask(peer, to, data(1, 1, 2, SERVICE, x)))));
    seen.same("W7", () -> secured(RawPeer.text(ask(peer, to, data(1, 1, 4, SERVICE, x)))));
    seen.same("W8", () -> RawPeer.text(ask(peer, to, data(0, 1, 0, SERVICE, x))));
    seen.same("W9", () -> RawPeer.text(ask(peer, to, data(1, 0, 0, SERVICE, x))));
  }

  /** We echo the security index, so that a secured client accepts the ABORT: the file's head. */
  private static String secured(String answer) {
    return answer.replaceFirst(" sec=[24] ", " sec=0 ");
  }

  private static byte[] data(int call, int seq, int security, int service, byte[] body) {
    return RawPeer.packet(PacketType.DATA, call, seq, FIRST, security, service, body);
  }

  private static void good(Seen seen, RawPeer peer, InetSocketAddress to, RxrpcSocket s)
      throws IOException {
    byte[] request =
        RawPeer.packet(
            PacketType.DATA, 1, 1, FIRST | Flags.REQUEST_ACK, 0, SERVICE, RawPeer.bytes("xyz"));
    peer.send(request, to);
    byte[] ack = peer.await(PacketType.ACK);
    seen.outcome(
        "W17",
        "ACK call=1 reason=1 acks=true",
        "serial, flags and whether the packet is soft- or hard-acked are policy",
        () -> ack(ack));
    seen.outcome(
        "W18",
        "nothing",
        "when it pings is policy; we ping a silent client later",
        () -> RawPeer.text(peer.receive(SILENCE)));
    seen.same("W19", () -> Seen.receive(s, 100));
    seen.outcome(
        "W20",
        "true",
        "nothing but ACKs of the whole request; serials and reasons are policy",
        () -> acksOnly(peer));
    s.sendmsg(Sockets.data(101, "abc"));
    byte[] reply = peer.await(PacketType.DATA);
    seen.outcome(
        "W21",
        "DATA call=1 seq=1 flags=0x4 sec=0 svc=60 len=31",
        "the serial is policy",
        () -> RawPeer.text(reply).replaceFirst(" serial=\\d+", ""));
    byte[] next = peer.receive(Duration.ofSeconds(5));
    seen.outcome("W22", "true", "a ping or the packet again", () -> pingOrData(next));
    byte[] after = peer.receive(Duration.ofSeconds(5));
    seen.outcome("W23", "true", "a ping or the packet again", () -> pingOrData(after));
  }

  private static boolean acksOnly(RawPeer peer) throws IOException {
    for (byte[] p = peer.receive(SILENCE); p != null; p = peer.receive(SILENCE)) {
      MemorySegment m = MemorySegment.ofArray(p);
      if (Header.type(m, 0) != PacketType.ACK || Ack.firstPacket(m, 0) != 2) {
        return false;
      }
    }
    return true;
  }

  private static String ack(byte[] packet) {
    MemorySegment p = MemorySegment.ofArray(packet);
    boolean acks = Ack.firstPacket(p, 0) == 2 || (Ack.count(p, 0) == 1 && Ack.softAck(p, 0, 0));
    return "ACK call=%d reason=%d acks=%s"
        .formatted(Header.callNumber(p, 0), Ack.reason(p, 0), acks);
  }

  private static boolean pingOrData(byte @Nullable [] packet) {
    if (packet == null) {
      return false;
    }
    MemorySegment p = MemorySegment.ofArray(packet);
    return switch (Header.type(p, 0)) {
      case PacketType.DATA -> Header.seq(p, 0) == 1;
      case PacketType.ACK -> Ack.reason(p, 0) == AckReason.PING;
      default -> false;
    };
  }
}
