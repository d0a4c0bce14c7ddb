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

  private final BufferPool pool;
  private @Nullable Block[] blocks = new Block[4];
  private int[] offsets = new int[4];
  private int[] lengths = new int[4];
  private int[] serials = new int[4];
  private int[] orders = new int[4];
  private byte[] marks = new byte[4];

  private int hardAcked;
  private int top;
  private int next;
  private boolean lastQueued;
  private int inFlight;
  private int lost;
  private int order;
  private int ackedOrder;
  private int highestAcked;

  /**
   * @param first the first sequence number, 1 on the wire
   */
  TransmitQueue(BufferPool pool, int first) {
    this.pool = pool;
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
  void sent(int seq, int serial) {
    int i = index(seq);
    if (seq == next) {
      next++;
    } else {
      marks[i] |= RESENT;
    }
    if ((marks[i] & LOST) != 0) {
      marks[i] &= ~LOST;
      lost--;
    }
    serials[i] = serial;
    orders[i] = ++order;
    inFlight++;
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

  /** Hard-acks everything up to {@code seq}; returns how many were not acked before. */
  int hardAck(int seq, int ackSerial) {
    int newly = 0;
    while (Sequence.before(hardAcked, seq)) {
      newly += ack(hardAcked + 1, ackSerial);
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
  int ack(int seq, int ackSerial) {
    int i = index(seq);
    if ((marks[i] & ACKED) != 0) {
      return 0;
    }
    if ((marks[i] & LOST) != 0) {
      marks[i] &= ~LOST;
      lost--;
    } else {
      inFlight--;
    }
    marks[i] |= ACKED;
    if (Sequence.after(seq, highestAcked)) {
      highestAcked = seq;
    }
    boolean proven =
        (marks[i] & RESENT) == 0
            || (ackSerial != 0 && Sequence.afterOrEqual(ackSerial, serials[i]));
    if (proven && orders[i] - ackedOrder > 0) {
      ackedOrder = orders[i];
    }
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

  /** The receiver has forgotten all that it had not hard-acked. */
  void forgetAcks() {
    for (int seq = hardAcked + 1; Sequence.before(seq, next); seq++) {
      nack(seq);
    }
  }

  /** Counts as lost what was sent {@code threshold} transmissions before something acked. */
  int detectLost(int threshold) {
    int found = 0;
    for (int seq = hardAcked + 1; Sequence.before(seq, highestAcked); seq++) {
      int i = index(seq);
      if ((marks[i] & (ACKED | LOST)) == 0 && ackedOrder - orders[i] >= threshold) {
        markLost(i);
        found++;
      }
    }
    return found;
  }

  /** Counts as lost everything sent and not acked. */
  void loseAll() {
    loseLongerThan(-1);
  }

  /** The same for packets of more than {@code bytes}. */
  void loseLongerThan(int bytes) {
    for (int seq = hardAcked + 1; Sequence.before(seq, next); seq++) {
      int i = index(seq);
      if ((marks[i] & (ACKED | LOST)) == 0 && lengths[i] > bytes) {
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
    inFlight = 0;
    lost = 0;
    lastQueued = true;
  }

  private void markLost(int i) {
    marks[i] |= LOST;
    lost++;
    inFlight--;
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
    byte[] oldMarks = marks;
    blocks = new Block[from * 2];
    offsets = new int[from * 2];
    lengths = new int[from * 2];
    serials = new int[from * 2];
    orders = new int[from * 2];
    marks = new byte[from * 2];
    for (int seq = hardAcked + 1; seq != top + 1; seq++) {
      int o = seq & from - 1;
      int n = index(seq);
      blocks[n] = oldBlocks[o];
      offsets[n] = oldOffsets[o];
      lengths[n] = oldLengths[o];
      serials[n] = oldSerials[o];
      orders[n] = oldOrders[o];
      marks[n] = oldMarks[o];
    }
  }
}
