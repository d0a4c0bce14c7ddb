// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.Rack;
import io.rxrpc.engine.policy.Resends;
import io.rxrpc.wire.Sequence;

/**
 * The packets of one phase that are built and not yet hard-acked. Each stays, wire-ready, in the
 * block where it was built; a soft ACK only marks it. All comparisons are modular.
 */
public final class TransmitQueue {
  /** Most packets kept: a window in flight and as many again ready behind it. */
  public static final int CAPACITY = 512;

  /** Packets of a phase that are gone as soon as they are queued. */
  private static final int SMALL = 4;

  /** The serials of what was sent again. */
  public final Resends resends = new Resends();

  /** Which packets count as lost. */
  public final LossDetection losses;

  private final SentPackets packets;
  private final Rack rack;
  private PathWindow path;
  private final AckDelta delta = new AckDelta();
  private boolean lastQueued;
  private int order;
  private boolean anyAcked;

  /**
   * @param first the first sequence number, 1 on the wire
   */
  public TransmitQueue(BufferPool pool, int first, Rack rack, PathWindow path) {
    packets = new SentPackets(pool, path, first);
    losses = new LossDetection(packets, rack);
    this.rack = rack;
    this.path = path;
  }

  /** Begins anew, for another call; what was queued has been cleared. */
  public void again(int first, PathWindow ofPeer) {
    path = ofPeer;
    packets.again(first, ofPeer);
    losses.again();
    resends.again();
    delta.clear(0);
    lastQueued = false;
    order = 0;
    anyAcked = false;
  }

  /** Packets that may still be queued. */
  public int vacant() {
    return lastQueued ? 0 : CAPACITY - size();
  }

  /** The highest sequence number queued. */
  public int top() {
    return packets.top();
  }

  /** The next sequence number that was never sent. */
  public int next() {
    return packets.next();
  }

  public int hardAcked() {
    return packets.hardAcked();
  }

  public boolean lastQueued() {
    return lastQueued;
  }

  /** Sent and neither acked nor counted as lost. */
  public int inFlight() {
    return packets.inFlight();
  }

  public int lost() {
    return packets.lost();
  }

  /** Packets queued and never sent. */
  public int unsent() {
    return packets.top() - packets.next() + 1;
  }

  /** Packets that only the path's window keeps from going out, where the peer has told this one. */
  public int sendable(int peerWindow) {
    return lost() + Math.max(0, Math.min(unsent(), windowLeft(peerWindow)));
  }

  /**
   * Packets beyond those sent that the peer has room for; less than 0 if it has taken that back.
   */
  public int windowLeft(int peerWindow) {
    return packets.hardAcked() + peerWindow - (packets.next() - 1);
  }

  /** Packets kept. */
  public int size() {
    return packets.top() - packets.hardAcked();
  }

  /** Whether the phase has more than a few packets by now. */
  public boolean isLong() {
    return packets.top() > SMALL;
  }

  /** Whether all of the phase has been hard-acked. */
  public boolean drained() {
    return lastQueued && size() == 0;
  }

  // what is queued

  /**
   * Adds a packet; it takes one use of the block.
   *
   * @return false at the end of the sequence space: only the last packet may be 0xffffffff
   */
  public boolean append(Block block, int offset, int length, boolean last) {
    int top = packets.top();
    if ((top == -2 && !last) || top == -1) {
      return false;
    }
    packets.append(block, offset, length);
    lastQueued = last;
    return true;
  }

  public Block block(int seq) {
    return packets.block(seq);
  }

  public int offset(int seq) {
    return packets.offset(seq);
  }

  public int length(int seq) {
    return packets.length(seq);
  }

  public int serial(int seq) {
    return packets.serial(seq);
  }

  public boolean isLast(int seq) {
    return lastQueued && seq == packets.top();
  }

  /** When it was sent last. */
  public long sentAt(int seq) {
    return packets.sentAt(seq);
  }

  /** Whether it counts as lost and was not sent again since. */
  public boolean isLost(int seq) {
    return packets.is(SentPackets.LOST, seq);
  }

  /** Whether anything of it has been acked. */
  public boolean isAnyAcked() {
    return anyAcked;
  }

  /** The lowest lost packet; only when {@link #lost()} is above 0. */
  public int firstLost() {
    int seq = packets.hardAcked() + 1;
    while (!packets.is(SentPackets.LOST, seq)) {
      seq++;
    }
    return seq;
  }

  /** The oldest packet sent and not acked, or {@link #next()} if there is none. */
  public int firstUnacked() {
    int seq = packets.hardAcked() + 1;
    while (Sequence.before(seq, packets.next()) && packets.is(SentPackets.ACKED, seq)) {
      seq++;
    }
    return seq;
  }

  /** The highest packet sent and not acked; only when there is one. */
  public int lastUnacked() {
    int seq = packets.next() - 1;
    while (packets.is(SentPackets.ACKED, seq)) {
      seq--;
    }
    return seq;
  }

  // what is sent

  /** Notes a transmission, the first or another. */
  public void sent(int seq, int serial, long now) {
    if (packets.sent(seq, serial, ++order, now)) {
      resends.add(serial);
    }
  }

  /** So many packets, sent just now for the first time, have gone with others in a datagram. */
  public void joined(int first, int count) {
    for (int seq = first; seq != first + count; seq++) {
      packets.mark(seq, SentPackets.JOINED);
    }
  }

  /** The order number of something sent that is no DATA. */
  public int nextOrder() {
    return ++order;
  }

  /** The order number of the latest transmission. */
  public int order() {
    return order;
  }

  // what is acked

  /**
   * An ACK is about to be taken; what it changes is noted in the object returned.
   *
   * @param flight packets in flight to the peer
   */
  public AckDelta beginAck(int flight) {
    delta.clear(flight);
    return delta;
  }

  /** Hard-acks everything up to {@code seq}. */
  public void hardAck(int seq, int ackSerial, long now) {
    while (Sequence.before(packets.hardAcked(), seq)) {
      ack(packets.hardAcked() + 1, ackSerial, now);
      packets.drop();
    }
  }

  /**
   * Soft-acks one packet that was sent.
   *
   * @param ackSerial the serial the ACK names: a packet sent twice proves the second transmission
   *     only if the ACK is not older than it (RFC 8985 §6.2 step 2, by serials)
   */
  public void ack(int seq, int ackSerial, long now) {
    if (packets.is(SentPackets.ACKED, seq)) {
      return;
    }
    boolean resent = packets.is(SentPackets.RESENT, seq);
    int serial = packets.serial(seq);
    boolean older = resent && ackSerial != 0 && Sequence.before(ackSerial, serial);
    boolean stillLost = packets.is(SentPackets.LOST, seq);
    packets.arrived(seq);
    if (older) {
      resends.take(serial);
    }
    if (older || (stillLost && !resent)) {
      delta.spurious++; // as in RFC 4015: the answer is older than what was or would be sent again
    }
    losses.acked(seq);
    long sentAt = packets.sentAt(seq);
    boolean proven = !resent || (ackSerial != 0 && Sequence.afterOrEqual(ackSerial, serial));
    if (proven) {
      rack.delivered(packets.order(seq), sentAt, now);
      if (packets.length(seq) > MtuSearch.BASE) {
        path.largeAcked(sentAt);
      }
    }
    if (packets.is(SentPackets.JOINED, seq)) {
      path.jumbo.arrived();
    }
    delta.newestSentAt = Math.max(delta.newestSentAt, sentAt);
    delta.newly++;
    anyAcked = true;
  }

  /** The receiver says it has not got it: a soft ACK given earlier is withdrawn. */
  public void nack(int seq) {
    if (packets.is(SentPackets.ACKED, seq)) {
      packets.withdraw(seq);
    }
  }

  /** Gives all memory back. Nothing may be queued afterwards. */
  public void clear() {
    packets.clear();
    lastQueued = true;
  }
}
