// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimFailure.unless;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** One call on the wire as its engine sees it. Sequence numbers of lives stay small. */
final class CallWatch {
  private final boolean client;
  private final boolean trusting;

  // what the engine got
  private final BitSet received = new BitSet();

  // what the engine said it got
  private int hardAcked = 1;

  // what the engine sent
  private final Map<Integer, byte[]> payloads = new HashMap<>();
  private int highestSent;
  private int lastSeq = -1;

  // what the peer said it got
  private int first = 1;

  CallWatch(boolean client, boolean trusting) {
    this.client = client;
    this.trusting = trusting;
  }

  void received(int seq, boolean last) {
    if (seq >= 0 && seq < 1 << 20) {
      received.set(seq);
    }
  }

  void acked(int firstPacket) {
    // what was never sent cannot be acked: an engine ignores that
    if (Sequence.after(firstPacket, first) && firstPacket <= highestSent + 1) {
      first = firstPacket;
    }
  }

  void ackedAll() {
    first = highestSent + 1;
  }

  void sent(Datagram d, int window) {
    int seq = d.seq();
    byte[] payload = Arrays.copyOfRange(d.bytes(), Header.LENGTH, d.length());
    byte[] before = payloads.putIfAbsent(seq, payload);
    unless(before == null || Arrays.equals(before, payload), "sent other data again: %s", d);
    unless(d.type() == PacketType.DATA && seq > 0, "no seq: %s", d);
    unless(WireWatch.within(seq, first, window), "beyond window %d at %d: %s", window, first, d);
    if (seq > highestSent) {
      unless(seq == highestSent + 1, "first sent out of order, %d sent: %s", highestSent, d);
      highestSent = seq;
    } else {
      boolean pauses = client && seq == highestSent && lastSeq < 0; // what there is last
      unless(
          !trusting || seq >= first || pauses,
          "sent again though hard-acked below %d: %s",
          first,
          d);
      unless(!trusting || !client || received.isEmpty(), "request sent again after reply: %s", d);
    }
    boolean last = d.has(Flags.LAST_PACKET);
    unless(
        last ? lastSeq < 0 || lastSeq == seq : lastSeq < 0 || seq < lastSeq,
        "behind the last packet %d: %s",
        lastSeq,
        d);
    if (last) {
      lastSeq = seq;
    }
    unless(client || !last || !d.has(Flags.REQUEST_ACK), "REQUEST_ACK on LAST (R-34): %s", d);
  }

  void ack(Datagram d) {
    int edge = Ack.firstPacket(d.memory(), 0);
    unless(edge >= hardAcked || !trusting, "hard-ack edge went back from %d: %s", hardAcked, d);
    hardAcked = edge;
    int hole = received.nextClearBit(1);
    unless(edge <= hole, "hard-acked what did not arrive, %d: %s", hole, d);
    for (int i = 0; i < Ack.count(d.memory(), 0); i++) {
      unless(
          !Ack.softAck(d.memory(), 0, i) || received.get(edge + i),
          "soft-acked %d that did not arrive: %s",
          edge + i,
          d);
    }
  }
}
