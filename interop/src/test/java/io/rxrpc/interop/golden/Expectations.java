// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Counter;
import io.rxrpc.interop.golden.Capture.Datagram;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must be true of the engine's packets beside those that were captured. */
final class Expectations {
  private Expectations() {}

  /** Every packet is well-formed, in the right direction, and of a known connection. */
  static void packetsFit(EngineSide side, boolean client) {
    Map<Integer, Integer> serials = new HashMap<>();
    for (Datagram d : side.sent) {
      MemorySegment p = d.memory();
      String line = d.toString();
      assertThat(PacketCheck.check(p, 0, d.payload().length)).as(line).isEqualTo(Malformed.NONE);
      assertThat(d.fromClient()).as(line).isEqualTo(client);
      assertThat(Header.userStatus(p, 0)).as(line).isZero();
      assertThat(Header.checksum(p, 0)).as(line).isZero();
      assertThat(Header.securityIndex(p, 0)).as(line).isZero();
      assertThat(Header.flags(p, 0) & ~Flags.KNOWN).as(line).isZero();
      int connection = Header.connectionId(Header.cid(p, 0));
      int serial = Header.serial(p, 0);
      Integer before = serials.put(connection, serial);
      if (before != null || client) {
        assertThat(serial).as("serial of %s", line).isEqualTo(before == null ? 1 : before + 1);
      } else {
        assertThat(serial).as("first serial of %s: anywhere", line).isBetween(1, 1 << 30);
      }
    }
  }

  /** Nothing was lost in the capture: nothing may be sent twice or refused. */
  static void nothingWasInVain(EngineSide side) {
    for (Counter c :
        List.of(
            Counter.DATA_RESENT,
            Counter.TIMEOUTS_RESEND,
            Counter.FAST_RECOVERIES,
            Counter.ACKS_INVALID,
            Counter.MALFORMED,
            Counter.DATA_DUPLICATE,
            Counter.DATA_OUT_OF_ORDER,
            Counter.DATA_BEYOND_WINDOW,
            Counter.ABORTS_SENT)) {
      assertThat(side.count(c)).as(c.label()).isZero();
    }
  }

  /** The DATA packets of ours, by call. */
  static Map<CallKey, Phase> phases(List<Datagram> sent) {
    Map<CallKey, Phase> phases = new HashMap<>();
    for (Datagram d : sent) {
      if (d.type() == PacketType.DATA) {
        phases.computeIfAbsent(CallKey.of(d.memory()), _ -> new Phase()).add(d.memory());
      }
    }
    return phases;
  }

  /** Serials that the peer's packets bear and to which ACKs with this reason refer. */
  static Set<Integer> answered(List<Datagram> datagrams, int reason, boolean fromClient) {
    Set<Integer> serials = new HashSet<>();
    for (Datagram d : datagrams) {
      MemorySegment p = d.memory();
      if (d.type() == PacketType.ACK
          && d.fromClient() == fromClient
          && Ack.reason(p, 0) == reason
          && Ack.serial(p, 0) != 0) {
        serials.add(Ack.serial(p, 0));
      }
    }
    return serials;
  }

  /**
   * The ACKs of ours tell the truth: the hard edge of a call never goes back, nothing is acked that
   * did not come ({@code highest}), and a serial is one that the peer used.
   */
  static void acksFit(EngineSide side, Map<CallKey, Integer> highest, Set<Integer> serials) {
    Map<CallKey, Integer> edges = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (Datagram d : side.sent) {
      if (d.type() != PacketType.ACK) {
        continue;
      }
      MemorySegment p = d.memory();
      CallKey key = CallKey.of(p);
      String line = d.toString();
      int first = Ack.firstPacket(p, 0);
      int count = Ack.count(p, 0);
      int came = highest.getOrDefault(key, 0);
      assertThat(first).as(line).isBetween(edges.getOrDefault(key, 1), came + 1);
      edges.put(key, first);
      assertThat(first + count - 1).as(line).isLessThanOrEqualTo(came);
      assertThat(Sequence.afterOrEqual(came, Ack.previousPacket(p, 0))).as(line).isTrue();
      for (int i = 0; i < count; i++) {
        assertThat(Ack.softAck(p, 0, i)).as(line).isTrue();
      }
      assertThat(Ack.reason(p, 0)).as(line).isBetween(AckReason.REQUESTED, AckReason.IDLE);
      if (Ack.serial(p, 0) != 0) {
        assertThat(serials).as(line).contains(Ack.serial(p, 0));
      }
      assertThat(Ack.trailerWords(p, 0, d.payload().length)).as(line).isEqualTo(4);
      assertThat(Ack.rwind(p, 0, d.payload().length)).as(line).isBetween(1, 255);
    }
  }
}
