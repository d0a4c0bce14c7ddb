// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.engine.policy.PathWindow;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one phase from the hard-ack edge on: where each lies, when it was sent last, and
 * what is known of it. A ring that grows; by sequence numbers, which are modular.
 */
public final class SentPackets {
  /** It has arrived, as a soft ACK says. */
  public static final int ACKED = 1;

  /** It counts as lost, and was not sent again since. */
  public static final int LOST = 2;

  /** It was sent again. */
  public static final int RESENT = 4;

  /** It was sent with others in one datagram, and not again since. */
  public static final int JOINED = 8;

  /** Places at first: a small call has one packet. */
  private static final int FEW = 4;

  /** Places that are kept for the next call. */
  private static final int KEPT = 16;

  private final BufferPool pool;
  private PathWindow path;
  private @Nullable Block[] blocks = new Block[FEW];
  private int[] offsets = new int[FEW];
  private int[] lengths = new int[FEW];
  private int[] serials = new int[FEW];
  private int[] orders = new int[FEW];
  private long[] sentAt = new long[FEW];
  private byte[] marks = new byte[FEW];

  /** Everything up to here is hard-acked, and not here any more. */
  private int hardAcked;

  /** The highest packet that is here. */
  private int top;

  /** The next packet that was never sent. */
  private int next;

  private int inFlight;
  private int lost;

  /**
   * @param first the first sequence number, 1 on the wire
   */
  public SentPackets(BufferPool pool, PathWindow path, int first) {
    this.pool = pool;
    this.path = path;
    hardAcked = first - 1;
    top = first - 1;
    next = first;
  }

  /** Begins anew, for another call; what was here has been cleared. */
  void again(int first, PathWindow ofPeer) {
    if (hardAcked != top || inFlight != 0) {
      throw new IllegalStateException("packets are left");
    }
    path = ofPeer;
    hardAcked = first - 1;
    top = first - 1;
    next = first;
    lost = 0;
    if (blocks.length > KEPT) {
      places(FEW);
    }
  }

  private void places(int count) {
    blocks = new Block[count];
    offsets = new int[count];
    lengths = new int[count];
    serials = new int[count];
    orders = new int[count];
    sentAt = new long[count];
    marks = new byte[count];
  }

  public int hardAcked() {
    return hardAcked;
  }

  public int top() {
    return top;
  }

  public int next() {
    return next;
  }

  /** Sent and neither acked nor counted as lost. */
  public int inFlight() {
    return inFlight;
  }

  public int lost() {
    return lost;
  }

  // one packet

  public Block block(int seq) {
    return present(blocks[index(seq)]);
  }

  public int offset(int seq) {
    return offsets[index(seq)];
  }

  public int length(int seq) {
    return lengths[index(seq)];
  }

  public int serial(int seq) {
    return serials[index(seq)];
  }

  /** The number of its last transmission, in the order of all of the call. */
  public int order(int seq) {
    return orders[index(seq)];
  }

  public long sentAt(int seq) {
    return sentAt[index(seq)];
  }

  /** Whether it has any of these marks. */
  public boolean is(int marked, int seq) {
    return (marks[index(seq)] & marked) != 0;
  }

  /** Its marks. */
  public int marks(int seq) {
    return marks[index(seq)];
  }

  public void mark(int seq, int more) {
    marks[index(seq)] |= (byte) more;
  }

  public void unmark(int seq, int less) {
    marks[index(seq)] &= (byte) ~less;
  }

  // what happens to them

  /** Adds one at the end; it takes one use of the block. */
  public void append(Block block, int offset, int length) {
    if (top - hardAcked == blocks.length) {
      grow();
    }
    int i = index(++top);
    blocks[i] = block;
    offsets[i] = offset;
    lengths[i] = length;
    serials[i] = 0;
    marks[i] = 0;
    block.uses++;
  }

  /** Notes a transmission, the first or another; whether it was another. */
  public boolean sent(int seq, int serial, int order, long now) {
    int i = index(seq);
    boolean again = seq != next;
    if (!again) {
      next++;
      fly(1);
    } else {
      marks[i] = (byte) ((marks[i] & ~JOINED) | RESENT);
      if ((marks[i] & LOST) != 0) {
        marks[i] &= ~LOST;
        lost--;
        fly(1);
      } // else a probe: it is in flight already
    }
    serials[i] = serial;
    orders[i] = order;
    sentAt[i] = now;
    return again;
  }

  /** It has arrived. */
  public void arrived(int seq) {
    int i = index(seq);
    if ((marks[i] & LOST) != 0) {
      lost--;
    } else {
      fly(-1);
    }
    marks[i] = (byte) ((marks[i] & ~LOST) | ACKED);
  }

  /** It counts as lost, in flight as it was. */
  public void lose(int seq) {
    int i = index(seq);
    marks[i] |= LOST;
    lost++;
    fly(-1);
    if ((marks[i] & JOINED) != 0) {
      path.jumbo.vanished(sentAt[i]);
    }
  }

  /** It was acked and has to go again all the same. */
  public void withdraw(int seq) {
    int i = index(seq);
    marks[i] = (byte) ((marks[i] & ~ACKED) | LOST);
    lost++;
  }

  /** It was no loss: it is in flight. */
  public void find(int seq) {
    marks[index(seq)] &= ~LOST;
    lost--;
    fly(1);
  }

  /** Drops the first one, which has arrived or is not wanted any more. */
  public void drop() {
    int i = index(++hardAcked);
    pool.release(present(blocks[i]));
    blocks[i] = null;
  }

  /** Drops all of them. */
  public void clear() {
    while (hardAcked != top) {
      drop();
    }
    next = top + 1;
    fly(-inFlight);
    lost = 0;
  }

  private void fly(int packets) {
    inFlight += packets;
    path.inFlight += packets;
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
    places(from * 2);
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
