// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Off-heap memory that takes room only where it was used. An arena writes zeros into all that it
 * allocates, so that an endpoint which never gets more than small packets would keep what bulk data
 * needs. Where {@link PortKind#LINUX} works it is mapped; elsewhere the arena allocates it.
 */
public final class UntouchedMemory {
  /** Pages of the system; less than some of them is not worth a mapping. */
  private static final long WORTH = 16 * 4096;

  private UntouchedMemory() {}

  /**
   * Makes memory full of zeros, freed with the arena. Any thread.
   *
   * @param arena whose memory it becomes
   * @param bytes at least 1
   * @param alignment in bytes, a power of two
   * @return the memory
   * @throws OutOfMemoryError when the system has none
   */
  public static MemorySegment allocate(Arena arena, long bytes, long alignment) {
    if (bytes < WORTH || alignment > 4096 || LinuxSupport.missing() != null) {
      return arena.allocate(bytes, alignment);
    }
    return map(arena, bytes, new LinuxCalls());
  }

  @SuppressWarnings("restricted") // what native access is enabled for
  static MemorySegment map(Arena arena, long bytes, LinuxCalls calls) {
    long address = calls.mapAnonymous(LinuxCalls.newErrno(), bytes);
    if (address < 0) {
      throw new OutOfMemoryError("mmap: " + Errno.describe((int) -address));
    }
    return MemorySegment.ofAddress(address)
        .reinterpret(bytes, arena, _ -> calls.munmap(LinuxCalls.newErrno(), address, bytes));
  }
}
