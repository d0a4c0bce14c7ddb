// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams to send. Each entry is one datagram or a train: datagrams to one destination that lie
 * behind each other in memory, all of equal size but the last, which may be shorter. A train may be
 * of any length; the port cuts it to what the system takes at once. Neighbouring entries with the
 * same addresses and equal sizes may travel as one train, unless they are {@link #apart}. Not
 * thread-safe.
 */
public final class SendBatch {
  /** Entries of a batch made without a capacity. */
  public static final int DEFAULT_CAPACITY = 256;

  private final InetSocketAddress[] to;
  private final @Nullable InetAddress[] from;
  private final MemorySegment[] memory;
  private final long[] offset;
  private final int[] length;
  private final int[] segmentSize;
  private final boolean[] dontFragment;
  private final boolean[] apart;
  private int size;

  /** A batch of {@link #DEFAULT_CAPACITY} entries. */
  public SendBatch() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * A batch of this many entries.
   *
   * @param capacity at least 1
   */
  public SendBatch(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    to = new InetSocketAddress[capacity];
    from = new InetAddress[capacity];
    memory = new MemorySegment[capacity];
    offset = new long[capacity];
    length = new int[capacity];
    segmentSize = new int[capacity];
    dontFragment = new boolean[capacity];
    apart = new boolean[capacity];
  }

  /**
   * Appends an entry. The batch refers to the memory, it does not copy: the bytes must stay alive
   * and unchanged until they are sent. The references are held until {@link #clear()}.
   *
   * @param to the destination, resolved
   * @param from the local address to send from, or null to let the system choose; ignored by
   *     NioPort
   * @param memory where the bytes lie, off-heap
   * @param offset of the first byte in {@code memory}
   * @param length bytes of all datagrams of the entry together; 0 for one empty datagram
   * @param segmentSize bytes of each datagram, the last may be shorter; at least 1 unless {@code
   *     length} is 0. {@code length} or more means a single datagram
   * @param dontFragment whether the datagrams must not be fragmented on the way (DF); heeded where
   *     {@link DatagramPort#forbidsFragmentation} says so
   * @return false when the batch is full
   * @throws IllegalArgumentException for a heap segment, an unresolved destination, or a bad size
   * @throws IndexOutOfBoundsException when the bytes do not lie in the segment
   */
  public boolean add(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment memory,
      long offset,
      int length,
      int segmentSize,
      boolean dontFragment) {
    Objects.checkFromIndexSize(offset, (long) length, memory.byteSize());
    if (!memory.isNative() || to.isUnresolved() || (segmentSize < 1 && length > 0)) {
      throw new IllegalArgumentException(
          "off-heap memory, a resolved destination and a segment size are needed: "
              + (memory.isNative() ? "" : "heap memory, ")
              + to
              + ", segment size "
              + segmentSize);
    }
    int i = size;
    if (i == this.to.length) {
      return false;
    }
    this.to[i] = to;
    this.from[i] = from;
    this.memory[i] = memory;
    this.offset[i] = offset;
    this.length[i] = length;
    this.segmentSize[i] = Math.min(segmentSize, length);
    this.dontFragment[i] = dontFragment;
    apart[i] = false;
    size = i + 1;
    return true;
  }

  /**
   * Has the datagrams of the entry added last leave one by one, never as a train: for a receiver
   * that takes datagrams one by one as well. A train is cut in front of it, and the pieces cost it
   * more than datagrams that were never together.
   *
   * @throws IndexOutOfBoundsException when there is no entry
   */
  public void apart() {
    apart[Objects.checkIndex(size - 1, size)] = true;
  }

  /** {@return the number of entries there is room for} */
  public int capacity() {
    return to.length;
  }

  /** {@return the number of entries} */
  public int size() {
    return size;
  }

  /** Forgets all entries and the memory they refer to. */
  public void clear() {
    Arrays.fill(to, 0, size, null);
    Arrays.fill(from, 0, size, null);
    Arrays.fill(memory, 0, size, null);
    size = 0;
  }

  /**
   * {@return the destination of entry i}
   *
   * @param i which datagram, from 0
   */
  public InetSocketAddress to(int i) {
    return to[Objects.checkIndex(i, size)];
  }

  /**
   * {@return the local address entry i shall leave from, or null when the system may choose}
   *
   * @param i which datagram, from 0
   */
  public @Nullable InetAddress from(int i) {
    return from[Objects.checkIndex(i, size)];
  }

  /**
   * {@return the memory entry i lies in}
   *
   * @param i which datagram, from 0
   */
  public MemorySegment memory(int i) {
    return memory[Objects.checkIndex(i, size)];
  }

  /**
   * {@return the offset of the first byte of entry i; grows when a part of a train has left}
   *
   * @param i which datagram, from 0
   */
  public long offset(int i) {
    return offset[Objects.checkIndex(i, size)];
  }

  /**
   * {@return the bytes of entry i, all its datagrams together; shrinks when a part of a train has
   * left}
   *
   * @param i which datagram, from 0
   */
  public int length(int i) {
    return length[Objects.checkIndex(i, size)];
  }

  /**
   * {@return the bytes of each datagram of entry i, at most {@link #length}; the last may be
   * shorter}
   *
   * @param i which datagram, from 0
   */
  public int segmentSize(int i) {
    return segmentSize[Objects.checkIndex(i, size)];
  }

  /**
   * {@return whether the datagrams of entry i must not be fragmented}
   *
   * @param i which datagram, from 0
   */
  public boolean dontFragment(int i) {
    return dontFragment[Objects.checkIndex(i, size)];
  }

  /**
   * {@return whether the datagrams of entry i leave one by one}
   *
   * @param i which datagram, from 0
   */
  public boolean isApart(int i) {
    return apart[Objects.checkIndex(i, size)];
  }

  /** Marks the first bytes of the train i as gone; whole datagrams, and not all of them. */
  void advance(int i, int bytes) {
    offset[i] += bytes;
    length[i] -= bytes;
    segmentSize[i] = Math.min(segmentSize[i], length[i]);
  }
}
