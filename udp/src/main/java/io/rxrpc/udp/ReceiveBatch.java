// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Received datagrams. Each entry is one datagram, or with segmentation offload several of one
 * source that lie behind each other at equal stride. Filled by {@link DatagramPort#receive}, or by
 * {@link #add} in a simulation. Not thread-safe.
 */
public final class ReceiveBatch {
  /** Entries of a batch made without a capacity: with offload up to 1 MiB of datagrams. */
  public static final int DEFAULT_CAPACITY = 16;

  /** The most entries a batch can have, which is Linux's limit for one system call. */
  public static final int MAX_CAPACITY = 1024;

  private final InetSocketAddress[] source;
  private final @Nullable InetAddress[] local;
  private final MemorySegment[] memory;
  private final long[] offset;
  private final int[] length;
  private final int[] segmentSize;
  private int count;

  /** What the port is to fill next in the place of each entry, where that has changed. */
  private final @Nullable MemorySegment[] next;

  private boolean exchanges;
  private boolean exchanged;

  /** A batch of {@link #DEFAULT_CAPACITY} entries. */
  public ReceiveBatch() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * A batch of this many entries. LinuxPort keeps 64 KiB for each entry of the largest batch it was
   * given.
   *
   * @param capacity 1 to {@link #MAX_CAPACITY}
   */
  public ReceiveBatch(int capacity) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity " + capacity + " not in 1.." + MAX_CAPACITY);
    }
    source = new InetSocketAddress[capacity];
    local = new InetAddress[capacity];
    memory = new MemorySegment[capacity];
    offset = new long[capacity];
    length = new int[capacity];
    segmentSize = new int[capacity];
    next = new MemorySegment[capacity];
  }

  /**
   * {@return whether the port that has filled it takes other memory for what comes next} See {@link
   * #exchange}.
   */
  public boolean exchanges() {
    return exchanges;
  }

  /**
   * Keeps the memory of entry i from being filled again: the port fills other memory in its place,
   * from the next receive with this batch on.
   *
   * @param i the place, 0 to {@link #capacity()}, whether or not there is an entry
   * @param fresh 64 KiB off-heap that nobody else uses until it is exchanged again; null for memory
   *     of the port's own
   * @throws IllegalStateException where the port takes none
   */
  public void exchange(int i, @Nullable MemorySegment fresh) {
    if (!exchanges) {
      throw new IllegalStateException("this port keeps its memory");
    }
    next[i] = fresh == null ? MemorySegment.NULL : fresh;
    exchanged = true;
  }

  /** The port can be given memory. */
  void offerExchange() {
    exchanges = true;
  }

  /** Whether there is any other memory to be taken; told once. */
  boolean takeExchanged() {
    boolean any = exchanged;
    exchanged = false;
    return any;
  }

  /** What place i is to be filled with from now on: NULL for the port's own; null for no change. */
  @Nullable MemorySegment takeNext(int i) {
    MemorySegment fresh = next[i];
    next[i] = null;
    return fresh;
  }

  /** {@return the number of entries there is room for} */
  public int capacity() {
    return source.length;
  }

  /** {@return the number of entries} */
  public int count() {
    return count;
  }

  /** Forgets all entries. */
  public void clear() {
    count = 0;
  }

  /**
   * Appends an entry.
   *
   * @param source where it came from
   * @param local the address it was sent to, or null when unknown
   * @param memory where the bytes lie
   * @param offset of the first byte in {@code memory}
   * @param length bytes of all datagrams of the entry together
   * @param segmentSize bytes of each datagram; the last may be shorter. Equal to {@code length} for
   *     a single datagram
   * @return false when the batch is full
   */
  public boolean add(
      InetSocketAddress source,
      @Nullable InetAddress local,
      MemorySegment memory,
      long offset,
      int length,
      int segmentSize) {
    int i = count;
    if (i == this.source.length) {
      return false;
    }
    this.source[i] = source;
    this.local[i] = local;
    this.memory[i] = memory;
    this.offset[i] = offset;
    this.length[i] = length;
    this.segmentSize[i] = segmentSize;
    count = i + 1;
    return true;
  }

  /**
   * {@return where entry i came from} The port gives the same object for the same source as a rule
   * (from a bounded cache), so comparing by identity first pays. An IPv4-mapped address is given as
   * IPv4.
   *
   * @param i which datagram, from 0
   */
  public InetSocketAddress source(int i) {
    return source[Objects.checkIndex(i, count)];
  }

  /**
   * {@return the local address entry i came to, which a reply should leave from; null when the port
   * cannot tell} For a broadcast over IPv4 this is our own address on that interface, for an IPv6
   * multicast null.
   *
   * @param i which datagram, from 0
   */
  public @Nullable InetAddress local(int i) {
    return local[Objects.checkIndex(i, count)];
  }

  /**
   * {@return the memory that entry i lies in; several entries may share it}
   *
   * @param i which datagram, from 0
   */
  public MemorySegment memory(int i) {
    return memory[Objects.checkIndex(i, count)];
  }

  /**
   * {@return the offset of the first byte of entry i in {@link #memory}}
   *
   * @param i which datagram, from 0
   */
  public long offset(int i) {
    return offset[Objects.checkIndex(i, count)];
  }

  /**
   * {@return the bytes of entry i, all its datagrams together; 0 for an empty datagram}
   *
   * @param i which datagram, from 0
   */
  public int length(int i) {
    return length[Objects.checkIndex(i, count)];
  }

  /**
   * {@return the bytes of each datagram of entry i; the last one may be shorter} Equal to {@link
   * #length} when the entry is one datagram, and never greater.
   *
   * @param i which datagram, from 0
   */
  public int segmentSize(int i) {
    return segmentSize[Objects.checkIndex(i, count)];
  }
}
