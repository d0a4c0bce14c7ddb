// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap packet memory in four sizes, bounded. Used under the endpoint's lock.
 *
 * <p>The largest size holds 45 packets of 1,440 bytes: just below 64 KiB, which is the most that
 * one segmentation-offload train may carry. The smallest holds a small RPC, so that ten thousand
 * waiting calls cost megabytes, not gigabytes.
 *
 * <p>Writers and receivers have a share each, and what is left is for ACKs: if writers could take
 * everything, two full endpoints would wait for each other's ACKs for ever.
 */
public final class BufferPool {
  /** What memory is taken for. */
  public enum Use {
    SEND,
    RECEIVE,
    CONTROL
  }

  private static final int[] SIZES = {512, 2048, 16_384, 65_536};

  /** Memory is cut in units of the largest size, each into blocks of one size. */
  private static final int UNIT = SIZES[SIZES.length - 1];

  private static final int SLAB = 4 * UNIT;

  private final SegmentAllocator allocator;
  private final long limit;
  private final Block[][] free = new Block[SIZES.length][64];
  private final int[] freeCount = new int[SIZES.length];
  private final List<Unit> units = new ArrayList<>();
  private final List<MemorySegment> uncut = new ArrayList<>();

  /** Units that are cut and of which no block is in use. */
  private int idleUnits;

  private final long[] shares = new long[Use.values().length];
  private final long[] taken = new long[Use.values().length];
  private long allocated;

  /** How often the host had no memory, and whether that is the latest news. */
  private long refused;

  private boolean exhausted;

  /** How many packets have been kept so far. */
  private int arrivals;

  /** A piece of memory that is cut into blocks of one size. */
  public static final class Unit {
    public final MemorySegment memory;
    public final int sizeClass;
    public int used;

    public Unit(MemorySegment memory, int sizeClass) {
      this.memory = memory;
      this.sizeClass = sizeClass;
    }
  }

  /**
   * @param allocator where the memory comes from; whoever made it frees it
   * @param limit bytes that may be allocated in all, at least 64 KiB
   */
  public BufferPool(SegmentAllocator allocator, long limit) {
    this.allocator = allocator;
    this.limit = limit;
    shares[Use.SEND.ordinal()] = limit / 16 * 7;
    shares[Use.RECEIVE.ordinal()] = limit / 2;
    shares[Use.CONTROL.ordinal()] = limit;
  }

  /** The largest block there is, in bytes. */
  public static int largest() {
    return UNIT;
  }

  /** A block of at least {@code bytes} with one use, or null when there is no more for this use. */
  public @Nullable Block take(int bytes, Use use) {
    int sizeClass = 0;
    while (SIZES[sizeClass] < bytes) {
      sizeClass++; // more than the largest is a defect of the caller and fails here
    }
    int u = use.ordinal();
    for (int c = sizeClass; c < SIZES.length && taken[u] + SIZES[c] <= shares[u]; c++) {
      if (freeCount[c] > 0 || (c == sizeClass && cut(c))) {
        Block block = free[c][--freeCount[c]];
        if (block.unit.used++ == 0) {
          idleUnits--;
        }
        block.uses = 1;
        block.fill = 0;
        block.use = use;
        taken[u] += SIZES[c];
        return block;
      }
    }
    return null;
  }

  /** Ends one use; the last one gives the block back. */
  public void release(Block block) {
    if (block.uses <= 0) {
      throw new IllegalStateException("block released twice");
    }
    if (--block.uses == 0) {
      Unit unit = block.unit;
      taken[block.use.ordinal()] -= SIZES[unit.sizeClass];
      if (--unit.used == 0) {
        idleUnits++;
      }
      put(unit.sizeClass, block);
      exhausted = false;
    }
  }

  /** Some time has passed: the host may have memory again. */
  public void hope() {
    exhausted = false;
  }

  /**
   * Whether a writer that found no memory would now get enough for a packet, and for more: one
   * wake-up for many packets.
   */
  public boolean memoryToSend() {
    int u = Use.SEND.ordinal();
    if (taken[u] > shares[u] - shares[u] / 8 - SIZES[1]) {
      return false;
    }
    boolean room = idleUnits > 0 || !uncut.isEmpty() || (limit - allocated >= UNIT && !exhausted);
    for (int c = 1; c < SIZES.length && !room; c++) {
      room = freeCount[c] > 0 && taken[u] + SIZES[c] <= shares[u];
    }
    return room;
  }

  /** Whether writers hold more than this part, one by {@code divisor}, of what they may. */
  public boolean sendersHoldMoreThan(int divisor) {
    int u = Use.SEND.ordinal();
    return taken[u] > shares[u] / divisor;
  }

  /** Whether packets behind a hole may be kept; the rest is for those that fill holes. */
  public boolean memoryBehindHole() {
    int u = Use.RECEIVE.ordinal();
    return taken[u] < shares[u] / 2;
  }

  /** Bytes that one call may be told to have room for: as much as small packets have, or a part. */
  public int windowBytes() {
    return (int) Math.clamp(shares[Use.RECEIVE.ordinal()] / 64, 255L * 1412, 4L << 20);
  }

  /** Bytes that one writer may have ready, in the same manner. */
  public int queueBytes() {
    return (int) Math.clamp(shares[Use.SEND.ordinal()] / 56, 512L * 1440, 4L << 20);
  }

  /** Bytes that are in use now. */
  public long outstanding() {
    long sum = 0;
    for (long t : taken) {
      sum += t;
    }
    return sum;
  }

  /** Bytes allocated so far; never more than the limit. */
  public long allocated() {
    return allocated;
  }

  /** How often the host had no memory for it, though the limit was not reached. */
  public long refused() {
    return refused;
  }

  /** Makes blocks of one size; false when there is no memory that is free. */
  private boolean cut(int sizeClass) {
    if (uncut.isEmpty()) {
      allocate();
    }
    if (uncut.isEmpty()) {
      reclaim();
    }
    if (uncut.isEmpty()) {
      return false;
    }
    MemorySegment memory = uncut.removeLast();
    Unit unit = new Unit(memory, sizeClass);
    units.add(unit);
    idleUnits++;
    for (long at = 0; at < UNIT; at += SIZES[sizeClass]) {
      put(sizeClass, new Block(memory.asSlice(at, SIZES[sizeClass]), unit));
    }
    return true;
  }

  private void allocate() {
    long slab = Math.min(SLAB, limit - allocated) / UNIT * UNIT;
    if (slab <= 0) {
      return;
    }
    MemorySegment memory;
    try {
      memory = allocator.allocate(slab, 64);
    } catch (OutOfMemoryError e) {
      // as if the limit were reached: writers wait, and what arrives is dropped and comes again
      refused++;
      exhausted = true;
      return;
    }
    allocated += slab;
    for (long at = slab - UNIT; at >= 0; at -= UNIT) {
      uncut.add(memory.asSlice(at, UNIT));
    }
  }

  /** Numbers packets in the order in which they come, all calls together. */
  int nextArrival() {
    return ++arrivals;
  }

  /** Takes back a unit that was cut for another size and is not used: rare, so it may search. */
  private void reclaim() {
    for (int i = 0; idleUnits > 0 && i < units.size(); i++) {
      Unit unit = units.get(i);
      if (unit.used == 0) {
        units.set(i, units.getLast());
        units.removeLast();
        idleUnits--;
        withdraw(unit);
        uncut.add(unit.memory);
        return;
      }
    }
  }

  private void withdraw(Unit unit) {
    int c = unit.sizeClass;
    int kept = 0;
    for (int i = 0; i < freeCount[c]; i++) {
      Block block = free[c][i];
      if (block.unit != unit) {
        free[c][kept++] = block;
      }
    }
    Arrays.fill(free[c], kept, freeCount[c], null);
    freeCount[c] = kept;
  }

  private void put(int c, Block block) {
    if (freeCount[c] == free[c].length) {
      free[c] = Arrays.copyOf(free[c], freeCount[c] * 2);
    }
    free[c][freeCount[c]++] = block;
  }
}
