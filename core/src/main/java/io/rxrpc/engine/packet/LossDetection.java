// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.engine.policy.Rack;
import io.rxrpc.wire.Sequence;

/** Which of the packets in flight count as lost: by RACK's rule, by a timer, or for their size. */
public final class LossDetection {
  private static final int SETTLED = SentPackets.ACKED | SentPackets.LOST;

  private final SentPackets packets;
  private final Rack rack;
  private int highestAcked;
  private long newestLost;
  private long undecidedFor;

  public LossDetection(SentPackets packets, Rack rack) {
    this.packets = packets;
    this.rack = rack;
    highestAcked = packets.hardAcked();
  }

  /** Begins anew, for another call. */
  void again() {
    highestAcked = packets.hardAcked();
    newestLost = 0;
    undecidedFor = 0;
  }

  /** A packet was acked for the first time. */
  public void acked(int seq) {
    if (Sequence.after(seq, highestAcked)) {
      highestAcked = seq;
    } else if (!packets.is(SentPackets.RESENT, seq)) {
      rack.reordered();
    }
  }

  /**
   * Counts as lost what RACK says is lost (RFC 8985 §6.2 step 5).
   *
   * @param smoothed the smoothed round trip
   * @param recovering whether a loss is being repaired
   */
  public int detect(int firstUnacked, long now, long minRtt, long smoothed, boolean recovering) {
    undecidedFor = 0;
    int seq = firstUnacked;
    if (seq == packets.next()
        || (!packets.is(SentPackets.RESENT | SentPackets.LOST, seq)
            && !rack.overtaken(packets.order(seq)))) {
      return 0; // in steady state: nothing has overtaken anything
    }
    long patience = rack.rtt() + rack.window(minRtt, smoothed, recovering, ackedBehind(seq));
    newestLost = Long.MIN_VALUE;
    int found = 0;
    for (; Sequence.before(seq, packets.next()); seq++) {
      if (packets.is(SETTLED, seq)) {
        continue;
      }
      if (!rack.overtaken(packets.order(seq))) {
        if (!packets.is(SentPackets.RESENT, seq)) {
          break; // all behind it were sent later still
        }
        continue;
      }
      long left = packets.sentAt(seq) + patience - now;
      if (left <= 0) {
        lose(seq);
        found++;
      } else {
        undecidedFor = Math.max(undecidedFor, left);
      }
    }
    return found;
  }

  /** Packets acked above {@code seq}; counting stops when there are many. */
  private int ackedBehind(int seq) {
    int count = 0;
    for (int s = seq + 1; Sequence.beforeOrEqual(s, highestAcked) && count < 64; s++) {
      count += packets.is(SentPackets.ACKED, s) ? 1 : 0;
    }
    return count;
  }

  /** After {@link #detect}: when to look again, from now; 0 for never. */
  public long undecidedFor() {
    return undecidedFor;
  }

  /** When the newest packet was sent that the last search has found lost. */
  public long newestLost() {
    return newestLost;
  }

  /**
   * The retransmission timer has expired: what has had its time is lost, and the oldest packet in
   * any case (RFC 8985 §6.3).
   */
  public int loseSentBefore(int oldest, long time) {
    newestLost = Long.MIN_VALUE;
    int found = 0;
    for (int seq = oldest; Sequence.before(seq, packets.next()); seq++) {
      if (!packets.is(SETTLED, seq) && (packets.sentAt(seq) <= time || seq == oldest)) {
        lose(seq);
        found++;
      }
    }
    return found;
  }

  /** What was given up is on its way after all. */
  public void findAll() {
    for (int seq = packets.hardAcked() + 1; Sequence.before(seq, packets.next()); seq++) {
      if (packets.is(SentPackets.LOST, seq)) {
        packets.find(seq);
      }
    }
  }

  /**
   * Counts as lost what is in flight and of more than {@code least} bytes, up to {@code most};
   * whether there was any.
   */
  public boolean loseBetween(int least, int most) {
    boolean any = false;
    for (int seq = packets.hardAcked() + 1; Sequence.before(seq, packets.next()); seq++) {
      int length = packets.length(seq);
      if (!packets.is(SETTLED, seq) && length > least && length <= most) {
        lose(seq);
        any = true;
      }
    }
    return any;
  }

  /** Counts as lost what is in flight and has gone with others in a datagram. */
  public void loseJoined() {
    int mask = SETTLED | SentPackets.JOINED;
    for (int seq = packets.hardAcked() + 1; Sequence.before(seq, packets.next()); seq++) {
      if ((packets.marks(seq) & mask) == SentPackets.JOINED) {
        lose(seq);
      }
    }
  }

  /** Counts the last packet sent as lost, even if it was soft-acked. */
  public void loseLast() {
    int seq = packets.next() - 1;
    if (packets.is(SentPackets.ACKED, seq)) {
      packets.withdraw(seq);
    } else if (!packets.is(SentPackets.LOST, seq)) {
      lose(seq);
    }
  }

  /** The receiver has taken nothing of it, or changed its mind: no loss of the path's. */
  public void refused() {
    for (int seq = packets.hardAcked() + 1; Sequence.before(seq, packets.next()); seq++) {
      if (packets.is(SentPackets.ACKED, seq)) {
        packets.withdraw(seq);
      }
      packets.unmark(seq, SentPackets.JOINED);
    }
    loseBetween(0, Integer.MAX_VALUE);
  }

  private void lose(int seq) {
    packets.lose(seq);
    newestLost = Math.max(newestLost, packets.sentAt(seq));
  }
}
