// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimFailure.unless;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** One connection as its engine sees it: serials, what may be answered, and its calls. */
final class ConnectionWatch {
  /** How often an ACK of a hole goes again while nothing comes: each after twice the time. */
  private static final int MOST_REPEATS = 8;

  private record CallKey(int cid, int number) {}

  private final boolean client;
  private final boolean trusting;
  private final PeerWindows windows;
  private final InetSocketAddress peer;
  private final Map<CallKey, CallWatch> calls = new HashMap<>();

  /** How often a received serial may still be answered. */
  private final Map<Integer, Integer> answerable = new HashMap<>();

  private final Map<Integer, Integer> holesTold = new HashMap<>();

  /** How often the ACK of a hole that names a received serial may still go again. */
  private final Map<Integer, Integer> repeats = new HashMap<>();

  private final int[] callNumbers = new int[4];
  private int serial;

  ConnectionWatch(boolean client, boolean trusting, PeerWindows windows, InetSocketAddress peer) {
    this.client = client;
    this.trusting = trusting;
    this.windows = windows;
    this.peer = peer;
  }

  private CallWatch call(Datagram d) {
    return calls.computeIfAbsent(
        new CallKey(d.cid(), d.callNumber()), k -> new CallWatch(client, trusting));
  }

  void received(Datagram d) {
    switch (d.type()) {
      case PacketType.DATA -> {
        int flags = d.flags();
        int s = d.serial();
        long data = Header.LENGTH;
        int seq = d.seq();
        while (true) {
          answerable.merge(s, 1, Integer::sum);
          repeats.put(s, MOST_REPEATS);
          call(d).received(seq++, (flags & Flags.LAST_PACKET) != 0);
          if (!Jumbo.isMore(flags)) {
            break;
          }
          flags = Jumbo.nextFlags(d.memory(), data);
          data = Jumbo.nextOffset(data);
          s = Sequence.nextSerial(s);
        }
      }
      case PacketType.ACK -> {
        // only what asks may be answered, and an answer never
        boolean asks =
            d.has(Flags.REQUEST_ACK) && Ack.reason(d.memory(), 0) != AckReason.PING_RESPONSE;
        if (asks) {
          answerable.merge(d.serial(), 1, Integer::sum);
        }
        int reason = Ack.reason(d.memory(), 0);
        if (reason == AckReason.PING || reason == AckReason.PING_RESPONSE) {
          holesTold.merge(d.serial(), 1, Integer::sum); // R-95, at most once for each
          repeats.put(d.serial(), MOST_REPEATS);
        }
        windows.told(peer, Ack.rwind(d.memory(), 0, d.length()));
        call(d).acked(Ack.firstPacket(d.memory(), 0));
      }
      case PacketType.ACKALL -> call(d).ackedAll();
      default -> {}
    }
  }

  void sent(Datagram d) {
    unless(d.fromClient() == client, "sent for the wrong side: %s", d);
    if (d.serial() != 0) {
      unless(
          serial == 0 || !trusting || Sequence.after(d.serial(), serial),
          "serial %d after %d: %s",
          d.serial(),
          serial,
          d);
      serial = d.serial();
    }
    boolean rejection = d.serial() == 0 && d.type() != PacketType.DATA;
    if (d.callNumber() != 0 && !rejection && d.type() != PacketType.BUSY) {
      int channel = Header.channel(d.cid());
      unless(
          d.callNumber() >= callNumbers[channel] || !trusting,
          "went back from call %d: %s",
          callNumbers[channel],
          d);
      callNumbers[channel] = d.callNumber();
    }
    switch (d.type()) {
      case PacketType.DATA -> call(d).sent(d, windows.widest(peer));
      case PacketType.ACK -> ack(d);
      default -> {}
    }
  }

  private void ack(Datagram d) {
    int about = Ack.serial(d.memory(), 0);
    int reason = Ack.reason(d.memory(), 0);
    if (about != 0) {
      unless(
          reason != AckReason.DELAY && reason != AckReason.IDLE,
          "a timer's ACK names a serial (R-35): %s",
          d);
      unless(
          take(answers(reason, about), about) >= 0,
          "answered what did not ask, or twice (R-20): %s",
          d);
    }
    unless(d.has(Flags.REQUEST_ACK) == (reason == AckReason.PING), "REQUEST_ACK on %s", d);
    call(d).ack(d);
  }

  /** Which of the books an ACK that names a serial is taken from. */
  private Map<Integer, Integer> answers(int reason, int about) {
    if (reason != AckReason.OUT_OF_SEQUENCE) {
      return answerable;
    }
    if (holesTold.getOrDefault(about, 0) > 0) {
      return holesTold;
    }
    return answerable.getOrDefault(about, 0) > 0 ? answerable : repeats;
  }

  private static int take(Map<Integer, Integer> book, int about) {
    return book.merge(about, -1, Integer::sum);
  }
}
