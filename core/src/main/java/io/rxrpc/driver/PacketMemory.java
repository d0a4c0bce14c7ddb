// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.udp.UntouchedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.ref.Cleaner;

/**
 * The off-heap memory of one endpoint. It is freed when the endpoint is closed and nobody has a
 * call; failing that, when nobody can reach it any more. Not an automatic arena: those count
 * against the JVM's limit of direct memory, and the tunable BUFFER_BYTES is the limit here.
 */
final class PacketMemory implements SegmentAllocator {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Arena arena;
  private final Cleaner.Cleanable cleanable;

  @SuppressWarnings("MustBeClosedChecker") // by the cleaner
  PacketMemory() {
    Arena memory = Arena.ofShared();
    arena = memory;
    cleanable = CLEANER.register(this, memory::close);
  }

  @Override
  public MemorySegment allocate(long bytes, long alignment) {
    return UntouchedMemory.allocate(arena, bytes, alignment);
  }

  /** Frees it. Nobody may be at it. Repeated calls do nothing. */
  void free() {
    cleanable.clean();
  }
}
