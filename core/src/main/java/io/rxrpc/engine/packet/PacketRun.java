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

  private @Nullable MemorySegment[] memory = new MemorySegment[1];
  private int[] offsets = new int[1];
  private int[] lengths = new int[1];
  private int[] checksums = new int[1];
  private int first;
  private int count;

  public void reset(int firstSeq, int packets) {
    first = firstSeq;
    count = packets;
    if (packets > offsets.length) {
      memory = new MemorySegment[CAPACITY];
      offsets = new int[CAPACITY];
      lengths = new int[CAPACITY];
      checksums = new int[CAPACITY];
    }
  }

  public void put(int k, MemorySegment where, int offset, int length, int checksum) {
    memory[k] = where;
    offsets[k] = offset;
    lengths[k] = length;
    checksums[k] = checksum;
  }

  /** Forgets the first packets; the places of the rest must be fetched anew. */
  public void advance(int packets) {
    first += packets;
    count -= packets;
  }

  public int count() {
    return count;
  }

  public int seq(int k) {
    return first + k;
  }

  public MemorySegment memory(int k) {
    MemorySegment m = memory[k];
    if (m == null) {
      throw new IllegalStateException("no packet " + k);
    }
    return m;
  }

  public int offset(int k) {
    return offsets[k];
  }

  public int length(int k) {
    return lengths[k];
  }

  public int checksum(int k) {
    return checksums[k];
  }

  /** Lets a sealed packet be the one at a place. */
  public void locate(int k, int cid, int callNumber, SealedPacket packet) {
    packet.set(memory(k), offset(k), length(k), cid, callNumber, seq(k), checksum(k));
  }
}
