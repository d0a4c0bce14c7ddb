// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one phase that were received and not yet read. Payloads are copied out of the
 * datagram into blocks, or stay in the block where they arrived, as they came: still sealed, never
 * changed.
 */
public final class ReceiveQueue {
  /** What became of a packet. */
  public enum Result {
    /** Taken, in order. */
    IN_ORDER,
    /** Taken, and it closed a hole. */
    FILLED_HOLE,
    /** Taken, behind a hole. */
    OUT_OF_ORDER,
    /** Was here before. */
    DUPLICATE,
    /** Behind the window: dropped. */
    BEYOND_WINDOW,
    /** No memory: dropped. */
    NO_SPACE,
    /** Contradicts an earlier LAST_PACKET. */
    BEYOND_LAST;

    /** Whether it was sent for the first time, or has not arrived before. */
    public boolean isNew() {
      return this == IN_ORDER || this == FILLED_HOLE || this == OUT_OF_ORDER || this == NO_SPACE;
    }
  }

  private static final int CAPACITY = 256;

  /** Places at first: a small call has one packet. */
  private static final int FEW = 4;

  /** Places that are kept for the next call. */
  private static final int KEPT = 16;

  /** The payload of an ordinary packet, of which the window counts as many as it has. */
  private static final int ORDINARY = 1412;

  private final BufferPool pool;
  private @Nullable Block[] blocks = new Block[FEW];
  private int[] offsets = new int[FEW];
  private int[] lengths = new int[FEW];
  private int[] checksums = new int[FEW];
  private int[] arrivals = new int[FEW];

  private int window;
  private int consumed;
  private int inOrder;
  private int highest;
  private int toldEdge;

  /** Everything up to here was told to be hard-acked, which is never taken back. */
  private int toldHard;

  /** Payload of the largest packet that came, and at least of an ordinary one. */
  private int largest = ORDINARY;

  private int lastSeq;
  private boolean hasLast;
  private @Nullable Block tail;
  private int held;
  private boolean reading;
  private boolean cleared;

  public ReceiveQueue(BufferPool pool, int window, int first) {
    this.pool = pool;
    this.window = window;
    consumed = first - 1;
    inOrder = first - 1;
    highest = first - 1;
    toldEdge = consumed + window;
    toldHard = consumed;
  }

  /** Whether it was cleared, and nobody reads what was in it. */
  public boolean isGone() {
    return cleared && !reading;
  }

  /** Begins anew, for another call; it is gone. */
  public void again(int packets, int first) {
    if (held != 0 || tail != null || reading) {
      throw new IllegalStateException("packets are left");
    }
    window = packets;
    consumed = first - 1;
    inOrder = first - 1;
    highest = first - 1;
    toldEdge = consumed + window;
    toldHard = consumed;
    largest = ORDINARY;
    lastSeq = 0;
    hasLast = false;
    cleared = false;
    if (blocks.length > KEPT) {
      blocks = new Block[FEW];
      offsets = new int[FEW];
      lengths = new int[FEW];
      checksums = new int[FEW];
      arrivals = new int[FEW];
    }
  }

  public int window() {
    return window;
  }

  /** Opens the window; it never closes, or packets on their way would be lost. */
  public void window(int packets) {
    window = Math.max(window, packets);
  }

  /** Everything up to here has been read. */
  public int consumed() {
    return consumed;
  }

  /**
   * Everything up to here is hard-acked: what is here in order, read or not, as it is never given
   * up again. Linux does the same, and counts its congestion window from this edge: one that waited
   * for the reader would hold it back. Of a full window a packet is left, so that no window of 0 is
   * told: OpenAFS would read it as 1.
   */
  public int hardAcked() {
    int full = consumed + toldWindow() - 1;
    int edge = complete() || Sequence.before(inOrder, full) ? inOrder : full;
    return Sequence.before(edge, toldHard) ? toldHard : edge;
  }

  /**
   * The window that is told: of large packets fewer, as a call whose reader stands must not keep
   * the memory of many. What was on its way when the first of them came is taken all the same.
   */
  public int toldWindow() {
    return largest == ORDINARY ? window : Math.clamp(pool.windowBytes() / largest, 1, window);
  }

  /** The window that goes with a hard-ack edge: up to the same packet, wherever the edge is. */
  public int rwind(int hardAcked) {
    return complete() ? window : Math.max(1, consumed + toldWindow() - hardAcked);
  }

  /** An ACK has told both. */
  public void told() {
    toldEdge = consumed + toldWindow();
    toldHard = hardAcked();
  }

  /** Whether the sender has been told of less than half of the window, as far as it knows. */
  public boolean tight() {
    return !complete() && toldEdge - inOrder < (toldWindow() + 1) / 2;
  }

  /** Everything up to here has arrived. */
  public int inOrder() {
    return inOrder;
  }

  /** The highest sequence number that has arrived. */
  public int highest() {
    return highest;
  }

  /** Packets ready to be read. */
  public int readable() {
    return cleared ? 0 : inOrder - consumed;
  }

  /** Packets held. */
  public int held() {
    return held;
  }

  /** Whether the whole phase has arrived. */
  public boolean complete() {
    return hasLast && inOrder == lastSeq;
  }

  /** Whether the whole phase has been read. */
  public boolean finished() {
    return hasLast && consumed == lastSeq;
  }

  public boolean has(int seq) {
    return Sequence.beforeOrEqual(seq, inOrder)
        || (Sequence.beforeOrEqual(seq, highest) && blocks[index(seq)] != null);
  }

  /** Takes a packet; its payload is copied. */
  public Result insert(
      int seq, boolean last, MemorySegment memory, long offset, int length, int checksum) {
    return insert(seq, last, memory, offset, length, checksum, null);
  }

  /**
   * Takes a packet.
   *
   * @param lent the block that the payload lies in, at the same offset, and stays in; null if it is
   *     to be copied
   */
  public Result insert(
      int seq,
      boolean last,
      MemorySegment memory,
      long offset,
      int length,
      int checksum,
      @Nullable Block lent) {
    boolean behindLast = hasLast && (Sequence.after(seq, lastSeq) || (last && seq != lastSeq));
    if (behindLast || (last && Sequence.after(highest, seq))) {
      return Result.BEYOND_LAST;
    }
    if (has(seq)) {
      return Result.DUPLICATE;
    }
    if (cleared || Sequence.after(seq, consumed + window)) {
      return Result.BEYOND_WINDOW;
    }
    boolean inTurn = seq == inOrder + 1;
    Block block = lent;
    if (block == null && (inTurn || pool.memoryBehindHole())) {
      block = blockFor(length);
    }
    if (block == null) {
      return Result.NO_SPACE;
    }
    while (Sequence.after(seq, consumed + blocks.length)) {
      grow();
    }
    int i = index(seq);
    if (lent == null) {
      MemorySegment.copy(memory, offset, block.memory, block.fill, length);
      offsets[i] = block.fill;
      block.fill += length;
    } else {
      offsets[i] = (int) offset;
    }
    blocks[i] = block;
    lengths[i] = length;
    largest = Math.max(largest, length);
    checksums[i] = checksum;
    arrivals[i] = pool.nextArrival();
    block.uses++;
    held++;
    if (last) {
      hasLast = true;
      lastSeq = seq;
    }
    if (Sequence.after(seq, highest)) {
      highest = seq;
    }
    return inTurn ? advance() : Result.OUT_OF_ORDER;
  }

  /** The packet that was waited for is here, and with it those behind it that were here already. */
  private Result advance() {
    inOrder++;
    boolean filled = false;
    while (inOrder != highest && blocks[index(inOrder + 1)] != null) {
      inOrder++;
      filled = true;
    }
    return filled ? Result.FILLED_HOLE : Result.IN_ORDER;
  }

  /** Copies the places of packets that are ready; they stay valid until {@link #consume}. */
  public int fetch(PacketRun run) {
    return fetch(run, consumed);
  }

  /** The same of those behind a packet that has arrived. */
  public int fetch(PacketRun run, int behind) {
    int n = cleared ? 0 : Math.min(inOrder - behind, PacketRun.CAPACITY);
    run.reset(behind + 1, n);
    for (int k = 0; k < n; k++) {
      int i = index(behind + 1 + k);
      Block block = blocks[i];
      if (block == null) {
        throw new IllegalStateException("hole in order");
      }
      run.put(k, block.memory, offsets[i], lengths[i], checksums[i], arrivals[i]);
    }
    reading |= n > 0;
    return n;
  }

  /** Ends the reading begun by {@link #fetch}; the first {@code n} packets are done with. */
  public void consume(int n) {
    reading = false;
    for (int k = 0; k < n; k++) {
      drop(++consumed);
    }
    if (cleared) {
      clear();
    }
  }

  /** Gives all memory back, now or when a reader that is at it has finished. */
  public void clear() {
    cleared = true;
    if (reading) {
      return;
    }
    for (int seq = consumed + 1; Sequence.beforeOrEqual(seq, highest); seq++) {
      if (blocks[index(seq)] != null) {
        drop(seq);
      }
    }
    if (tail != null) {
      pool.release(tail);
      tail = null;
    }
  }

  private void drop(int seq) {
    int i = index(seq);
    Block block = blocks[i];
    if (block != null) {
      blocks[i] = null;
      held--;
      pool.release(block);
    }
    // kept for what follows, unless nothing does or others need it
    if (held == 0 && tail != null && (complete() || !pool.memoryBehindHole())) {
      pool.release(tail);
      tail = null;
    }
  }

  /** A block with room for a payload at its end. The queue holds one use of the last block. */
  private @Nullable Block blockFor(int length) {
    Block t = tail;
    if (t != null && t.size() - t.fill >= length) {
      return t;
    }
    // small first: most requests and replies are a single small packet
    int want = t == null ? length : Math.min(BufferPool.largest(), Math.max(length, t.size() * 4));
    Block fresh = pool.take(want, BufferPool.Use.RECEIVE);
    if (fresh == null && want > length) {
      fresh = pool.take(length, BufferPool.Use.RECEIVE);
    }
    if (fresh != null) {
      if (t != null) {
        pool.release(t);
      }
      tail = fresh;
    }
    return fresh;
  }

  private int index(int seq) {
    return seq & blocks.length - 1;
  }

  private void grow() {
    int from = blocks.length;
    if (from >= CAPACITY) {
      throw new IllegalStateException("window beyond " + CAPACITY);
    }
    @Nullable Block[] oldBlocks = blocks;
    int[] oldOffsets = offsets;
    int[] oldLengths = lengths;
    int[] oldChecksums = checksums;
    int[] oldArrivals = arrivals;
    blocks = new Block[from * 2];
    offsets = Arrays.copyOf(oldOffsets, from * 2);
    lengths = new int[from * 2];
    checksums = new int[from * 2];
    arrivals = new int[from * 2];
    for (int k = 0; k < from; k++) {
      int o = consumed + 1 + k & from - 1;
      int n = index(consumed + 1 + k);
      blocks[n] = oldBlocks[o];
      offsets[n] = oldOffsets[o];
      lengths[n] = oldLengths[o];
      checksums[n] = oldChecksums[o];
      arrivals[n] = oldArrivals[o];
    }
  }
}
