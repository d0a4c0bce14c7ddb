package io.rxrpc.engine;

import io.rxrpc.wire.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one phase that are built and not yet hard-acked. Each stays, wire-ready, in the
 * block where it was built; a soft ACK only marks it. All comparisons are modular.
 */
final class TransmitQueue {
  /** Most packets kept: a window in flight and as many again ready behind it. */
  static final int CAPACITY = 512;

  private static final byte ACKED = 1;
  private static final byte LOST = 2;
  private static final byte RESENT = 4;

  /** Sent with others in one datagram, and not again since. */
  private static final byte JOINED = 8;

  private final BufferPool pool;
  private @Nullable Block[] blocks = new Block[4];
  private int[] offsets = new int[4];
  private int[] lengths = new int[4];
  private int[] serials = new int[4];
  private int[] orders = new int[4];
  private long[] sentAt = new long[4];
  private byte[] marks = new byte[4];

  /** The serials of what was sent again. */
  final Resends resends = new Resends();

  private final Rack rack;
  private final PathWindow path;

  private int hardAcked;
  private int top;
  private int next;
  private boolean lastQueued;
  private int inFlight;
  private int lost;
  private int order;
  private int highestAcked;
  private boolean anyAcked;

  // what the ACK that is being taken has brought
  private long newestAcked;
  private int spurious;

  private long newestLost;
  private long undecidedFor;

  /**
   * @param first the first sequence number, 1 on the wire
   */
  TransmitQueue(BufferPool pool, int first, Rack rack, PathWindow path) {
    this.pool = pool;
    this.rack = rack;
    this.path = path;
    hardAcked = first - 1;
    top = first - 1;
    next = first;
    highestAcked = first - 1;
  }

  /** Packets that may still be queued. */
  int room() {
    return lastQueued ? 0 : CAPACITY - (top - hardAcked);
  }

  /** The highest sequence number queued. */
  int top() {
    return top;
  }

  /** The next sequence number that was never sent. */
  int next() {
    return next;
  }

  int hardAcked() {
    return hardAcked;
  }

  boolean lastQueued() {
    return lastQueued;
  }

  /** Sent and neither acked nor counted as lost. */
  int inFlight() {
    return inFlight;
  }

  int lost() {
    return lost;
  }

  /** Packets queued and never sent. */
  int unsent() {
    return top - next + 1;
  }

  /** Packets kept. */
  int size() {
    return top - hardAcked;
  }

  /** Whether all of the phase has been hard-acked. */
  boolean drained() {
    return lastQueued && top == hardAcked;
  }

  /**
   * Adds a packet; it takes one use of the block.
   *
   * @return false at the end of the sequence space: only the last packet may be 0xffffffff
   */
  boolean append(Block block, int offset, int length, boolean last) {
    if ((top == -2 && !last) || top == -1) {
      return false;
    }
    if (size() == blocks.length) {
      grow();
    }
    int i = ++top & blocks.length - 1;
    blocks[i] = block;
    offsets[i] = offset;
    lengths[i] = length;
    serials[i] = 0;
    marks[i] = 0;
    block.uses++;
    lastQueued = last;
    return true;
  }

  Block block(int seq) {
    return present(blocks[index(seq)]);
  }

  int offset(int seq) {
    return offsets[index(seq)];
  }

  int length(int seq) {
    return lengths[index(seq)];
  }

  int serial(int seq) {
    return serials[index(seq)];
  }

  boolean isLast(int seq) {
    return lastQueued && seq == top;
  }

  /** Notes a transmission, the first or another. */
  void sent(int seq, int serial, long now) {
    int i = index(seq);
    if (seq == next) {
      next++;
      fly(1);
    } else {
      marks[i] = (byte) ((marks[i] & ~JOINED) | RESENT);
      resends.add(serial);
      if ((marks[i] & LOST) != 0) {
        marks[i] &= ~LOST;
        lost--;
        fly(1);
      } // else a probe: it is in flight already
    }
    serials[i] = serial;
    orders[i] = ++order;
    sentAt[i] = now;
  }

  /** So many packets, sent just now for the first time, have gone with others in a datagram. */
  void joined(int first, int count) {
    for (int seq = first; seq != first + count; seq++) {
      marks[index(seq)] |= JOINED;
    }
  }

  private void fly(int packets) {
    inFlight += packets;
    path.inFlight += packets;
  }

  /** The order number of something sent that is no DATA. */
  int nextOrder() {
    return ++order;
  }

  /** The order number of the latest transmission. */
  int order() {
    return order;
  }

  /** When it was sent last. */
  long sentAt(int seq) {
    return sentAt[index(seq)];
  }

  /** Whether it counts as lost and was not sent again since. */
  boolean isLost(int seq) {
    return (marks[index(seq)] & LOST) != 0;
  }

  /** Whether anything of it has been acked. */
  boolean isAnyAcked() {
    return anyAcked;
  }

  /** The lowest lost packet; only when {@link #lost()} is above 0. */
  int firstLost() {
    int seq = hardAcked + 1;
    while ((marks[index(seq)] & LOST) == 0) {
      seq++;
    }
    return seq;
  }

  /** The oldest packet sent and not acked, or {@link #next()} if there is none. */
  int firstUnacked() {
    int seq = hardAcked + 1;
    while (Sequence.before(seq, next) && (marks[index(seq)] & ACKED) != 0) {
      seq++;
    }
    return seq;
  }

  /** The highest packet sent and not acked; only when there is one. */
  int lastUnacked() {
    int seq = next - 1;
    while ((marks[index(seq)] & ACKED) != 0) {
      seq--;
    }
    return seq;
  }

  /** An ACK is about to be taken. */
  void beginAck() {
    newestAcked = Long.MIN_VALUE;
    spurious = 0;
  }

  /** When the newest packet was sent that the ACK has acked for the first time. */
  long newestAcked() {
    return newestAcked;
  }

  /** Packets that the ACK proves to have been given up or sent again for nothing. */
  int spurious() {
    return spurious;
  }

  /** Hard-acks everything up to {@code seq}; returns how many were not acked before. */
  int hardAck(int seq, int ackSerial, long now) {
    int newly = 0;
    while (Sequence.before(hardAcked, seq)) {
      newly += ack(hardAcked + 1, ackSerial, now);
      hardAcked++;
      int i = index(hardAcked);
      pool.release(present(blocks[i]));
      blocks[i] = null;
    }
    return newly;
  }

  /**
   * Soft-acks one packet that was sent; returns 1 if it was not acked before.
   *
   * @param ackSerial the serial the ACK names: a packet sent twice proves the second transmission
   *     only if the ACK is not older than it (RFC 8985 §6.2 step 2, by serials)
   */
  int ack(int seq, int ackSerial, long now) {
    int i = index(seq);
    byte m = marks[i];
    if ((m & ACKED) != 0) {
      return 0;
    }
    boolean older = (m & RESENT) != 0 && ackSerial != 0 && Sequence.before(ackSerial, serials[i]);
    boolean stillLost = (m & LOST) != 0;
    if (stillLost) {
      lost--;
    } else {
      fly(-1);
    }
    if (older) {
      resends.take(serials[i]);
    }
    if (older || (stillLost && (m & RESENT) == 0)) {
      spurious++; // as in RFC 4015: the answer is older than what was or would be sent again
    }
    marks[i] = (byte) ((m & ~LOST) | ACKED);
    if (Sequence.after(seq, highestAcked)) {
      highestAcked = seq;
    } else if ((m & RESENT) == 0) {
      rack.reordered();
    }
    boolean proven =
        (m & RESENT) == 0 || (ackSerial != 0 && Sequence.afterOrEqual(ackSerial, serials[i]));
    if (proven) {
      rack.delivered(orders[i], sentAt[i], now);
      if (lengths[i] > MtuSearch.BASE) {
        path.largeAcked(sentAt[i]);
      }
    }
    if ((m & JOINED) != 0) {
      path.jumbo.arrived();
    }
    newestAcked = Math.max(newestAcked, sentAt[i]);
    anyAcked = true;
    return 1;
  }

  /** The receiver says it has not got it: a soft ACK given earlier is withdrawn. */
  void nack(int seq) {
    int i = index(seq);
    if ((marks[i] & ACKED) != 0) {
      marks[i] = (byte) ((marks[i] & ~ACKED) | LOST);
      lost++;
    }
  }

  /** The receiver has taken nothing of it, or changed its mind: no loss of the path's. */
  void refused() {
    for (int seq = hardAcked + 1; Sequence.before(seq, next); seq++) {
      nack(seq);
      marks[index(seq)] &= ~JOINED;
    }
    loseBetween(0, Integer.MAX_VALUE);
  }

  /**
   * Counts as lost what RACK says is lost (RFC 8985 §6.2 step 5).
   *
   * @param smoothed the smoothed round trip
   * @param recovering whether a loss is being repaired
   */
  int detectLost(long now, long minRtt, long smoothed, boolean recovering) {
    undecidedFor = 0;
    int seq = firstUnacked();
    if (seq == next
        || ((marks[index(seq)] & (RESENT | LOST)) == 0 && !rack.overtaken(orders[index(seq)]))) {
      return 0; // in steady state: nothing has overtaken anything
    }
    long patience = rack.rtt() + rack.window(minRtt, smoothed, recovering, ackedBehind(seq));
    newestLost = Long.MIN_VALUE;
    int found = 0;
    for (; Sequence.before(seq, next); seq++) {
      int i = index(seq);
      if ((marks[i] & (ACKED | LOST)) != 0) {
        continue;
      }
      if (!rack.overtaken(orders[i])) {
        if ((marks[i] & RESENT) == 0) {
          break; // all behind it were sent later still
        }
        continue;
      }
      long left = sentAt[i] + patience - now;
      if (left <= 0) {
        markLost(i);
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
      count += marks[index(s)] & ACKED;
    }
    return count;
  }

  /** After {@link #detectLost}: when to look again, from now; 0 for never. */
  long undecidedFor() {
    return undecidedFor;
  }

  /** When the newest packet was sent that the last search has found lost. */
  long newestLost() {
    return newestLost;
  }

  /**
   * The retransmission timer has expired: what has had its time is lost, and the oldest packet in
   * any case (RFC 8985 §6.3).
   */
  int loseSentBefore(long time) {
    newestLost = Long.MIN_VALUE;
    int found = 0;
    int oldest = firstUnacked();
    for (int seq = oldest; Sequence.before(seq, next); seq++) {
      int i = index(seq);
      if ((marks[i] & (ACKED | LOST)) == 0 && (sentAt[i] <= time || seq == oldest)) {
        markLost(i);
        found++;
      }
    }
    return found;
  }

  /** What was given up is on its way after all. */
  void findAll() {
    for (int seq = hardAcked + 1; Sequence.before(seq, next); seq++) {
      int i = index(seq);
      if ((marks[i] & LOST) != 0) {
        marks[i] &= ~LOST;
        lost--;
        fly(1);
      }
    }
  }

  /**
   * Counts as lost what is in flight and of more than {@code least} bytes, up to {@code most};
   * whether there was any.
   */
  boolean loseBetween(int least, int most) {
    boolean any = false;
    for (int seq = hardAcked + 1; Sequence.before(seq, next); seq++) {
      int i = index(seq);
      if ((marks[i] & (ACKED | LOST)) == 0 && lengths[i] > least && lengths[i] <= most) {
        markLost(i);
        any = true;
      }
    }
    return any;
  }

  /** Counts as lost what is in flight and has gone with others in a datagram. */
  void loseJoined() {
    for (int seq = hardAcked + 1; Sequence.before(seq, next); seq++) {
      int i = index(seq);
      if ((marks[i] & (ACKED | LOST | JOINED)) == JOINED) {
        markLost(i);
      }
    }
  }

  /** Counts the last packet sent as lost, even if it was soft-acked. */
  void loseLast() {
    int i = index(next - 1);
    if ((marks[i] & ACKED) != 0) {
      marks[i] &= ~ACKED;
      marks[i] |= LOST;
      lost++;
    } else if ((marks[i] & LOST) == 0) {
      markLost(i);
    }
  }

  /** Gives all memory back. Nothing may be queued afterwards. */
  void clear() {
    while (hardAcked != top) {
      int i = index(++hardAcked);
      pool.release(present(blocks[i]));
      blocks[i] = null;
    }
    next = top + 1;
    fly(-inFlight);
    lost = 0;
    lastQueued = true;
  }

  private void markLost(int i) {
    marks[i] |= LOST;
    lost++;
    fly(-1);
    if ((marks[i] & JOINED) != 0) {
      path.jumbo.vanished(sentAt[i]);
    }
    newestLost = Math.max(newestLost, sentAt[i]);
  }

  private static Block present(@Nullable Block block) {
    if (block == null) {
      throw new IllegalStateException("no such packet");
    }
    return block;
  }

  private int index(int seq) {
    return seq & blocks.length - 1;
  }

  private void grow() {
    int from = blocks.length;
    @Nullable Block[] oldBlocks = blocks;
    int[] oldOffsets = offsets;
    int[] oldLengths = lengths;
    int[] oldSerials = serials;
    int[] oldOrders = orders;
    long[] oldSentAt = sentAt;
    byte[] oldMarks = marks;
    blocks = new Block[from * 2];
    offsets = new int[from * 2];
    lengths = new int[from * 2];
    serials = new int[from * 2];
    orders = new int[from * 2];
    sentAt = new long[from * 2];
    marks = new byte[from * 2];
    for (int seq = hardAcked + 1; seq != top + 1; seq++) {
      int o = seq & from - 1;
      int n = index(seq);
      blocks[n] = oldBlocks[o];
      offsets[n] = oldOffsets[o];
      lengths[n] = oldLengths[o];
      serials[n] = oldSerials[o];
      orders[n] = oldOrders[o];
      sentAt[n] = oldSentAt[o];
      marks[n] = oldMarks[o];
    }
  }
}
