package io.rxrpc.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap packet memory in four sizes, bounded. Used under the endpoint's lock.
 *
 * <p>The largest size holds 45 packets of 1,440 bytes: just below 64 KiB, which is the most that one
 * segmentation-offload train may carry. The smallest holds a small RPC, so that ten thousand waiting
 * calls cost megabytes, not gigabytes.
 */
public final class BufferPool {
  private static final int[] SIZES = {512, 2048, 16_384, 65_536};
  private static final int SLAB = 256 * 1024;

  private final SegmentAllocator allocator;
  private final long limit;
  private final Block[][] free = new Block[SIZES.length][64];
  private final int[] freeCount = new int[SIZES.length];
  private long allocated;
  private long taken;

  /**
   * @param allocator where the memory comes from; whoever made it frees it
   * @param limit bytes that may be allocated in all
   */
  public BufferPool(SegmentAllocator allocator, long limit) {
    this.allocator = allocator;
    this.limit = limit;
  }

  /** The largest block there is, in bytes. */
  static int largest() {
    return SIZES[SIZES.length - 1];
  }

  /** A block of at least {@code bytes} with one use, or null when the pool's limit is reached. */
  @Nullable Block take(int bytes) {
    int sizeClass = 0;
    while (SIZES[sizeClass] < bytes) {
      sizeClass++; // more than the largest is a defect of the caller and fails here
    }
    for (int c = sizeClass; c < SIZES.length; c++) {
      if (freeCount[c] == 0 && c == sizeClass) {
        grow(c);
      }
      if (freeCount[c] > 0) {
        Block block = free[c][--freeCount[c]];
        block.uses = 1;
        block.fill = 0;
        taken += SIZES[c];
        return block;
      }
    }
    return null;
  }

  /** Ends one use; the last one gives the block back. */
  void release(Block block) {
    if (block.uses <= 0) {
      throw new IllegalStateException("block released twice");
    }
    if (--block.uses == 0) {
      int c = block.sizeClass;
      taken -= SIZES[c];
      put(c, block);
    }
  }

  /** Whether a writer that found the pool empty should try again. */
  boolean hasRoom() {
    return taken < limit - limit / 8;
  }

  /** Bytes that are in use now. */
  public long outstanding() {
    return taken;
  }

  /** Bytes allocated so far; never more than the limit. */
  public long allocated() {
    return allocated;
  }

  private void grow(int sizeClass) {
    int size = SIZES[sizeClass];
    long slab = Math.min(SLAB, limit - allocated) / size * size;
    if (slab <= 0) {
      return;
    }
    MemorySegment memory = allocator.allocate(slab, 64);
    allocated += slab;
    for (long at = 0; at < slab; at += size) {
      put(sizeClass, new Block(memory.asSlice(at, size), sizeClass));
    }
  }

  private void put(int c, Block block) {
    if (freeCount[c] == free[c].length) {
      free[c] = Arrays.copyOf(free[c], freeCount[c] * 2);
    }
    free[c][freeCount[c]++] = block;
  }
}
