// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.packet;

import io.rxrpc.security.SealedPacket;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where a few received packets lie, copied out under the lock so that their payloads can be
 * unsealed outside it.
 */
public final class PacketRun {
  public static final int CAPACITY = 64;

  private static final @Nullable MemorySegment[] NO_MEMORY = {};
  private static final int[] NONE = {};

  // of one packet, while there are no arrays: a small call never has two
  private @Nullable MemorySegment onlyMemory;
  private int onlyOffset;
  private int onlyLength;
  private int onlyChecksum;
  private int onlyArrival;

  private @Nullable MemorySegment[] memory = NO_MEMORY;
  private int[] offsets = NONE;
  private int[] lengths = NONE;
  private int[] checksums = NONE;
  private int[] arrivals = NONE;
  private int first;
  private int count;

  public void reset(int firstSeq, int packets) {
    first = firstSeq;
    count = packets;
    if (packets > 1 && isSingle()) {
      memory = new MemorySegment[CAPACITY];
      offsets = new int[CAPACITY];
      lengths = new int[CAPACITY];
      checksums = new int[CAPACITY];
      arrivals = new int[CAPACITY];
    }
  }

  private boolean isSingle() {
    return offsets.length == 0;
  }

  /** Forgets all packets, and the memory for more than one. */
  public void clear() {
    first = 0;
    count = 0;
    onlyMemory = null;
    onlyOffset = 0;
    onlyLength = 0;
    onlyChecksum = 0;
    onlyArrival = 0;
    memory = NO_MEMORY;
    offsets = NONE;
    lengths = NONE;
    checksums = NONE;
    arrivals = NONE;
  }

  void put(int k, MemorySegment where, int offset, int length, int checksum, int arrival) {
    if (isSingle()) {
      onlyMemory = where;
      onlyOffset = offset;
      onlyLength = length;
      onlyChecksum = checksum;
      onlyArrival = arrival;
      return;
    }
    memory[k] = where;
    offsets[k] = offset;
    lengths[k] = length;
    checksums[k] = checksum;
    arrivals[k] = arrival;
  }

  public int count() {
    return count;
  }

  public int seq(int k) {
    return first + k;
  }

  public MemorySegment memory(int k) {
    MemorySegment m = isSingle() ? onlyMemory : memory[k];
    if (m == null) {
      throw new IllegalStateException("no packet " + k);
    }
    return m;
  }

  public int offset(int k) {
    return isSingle() ? onlyOffset : offsets[k];
  }

  public int length(int k) {
    return isSingle() ? onlyLength : lengths[k];
  }

  public int checksum(int k) {
    return isSingle() ? onlyChecksum : checksums[k];
  }

  /** Lets a sealed packet be the one at a place. */
  public void locate(int k, int cid, int callNumber, SealedPacket packet) {
    int arrival = isSingle() ? onlyArrival : arrivals[k];
    packet.set(memory(k), offset(k), length(k), cid, callNumber, seq(k), checksum(k), arrival);
  }
}
