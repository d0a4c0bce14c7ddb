// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One thing to send: a datagram, or a train of datagrams that lie one behind the other in memory.
 * Filled by {@link Endpoint#transmit}; the memory stays as it is until {@link
 * Endpoint#transmitted}.
 */
public final class Transmission {
  @Nullable InetSocketAddress to;
  @Nullable InetAddress from;
  @Nullable MemorySegment memory;
  long offset;
  int length;
  int segmentSize;
  boolean dontFragment;
  int join = 1;
  private boolean apart;

  /** An empty one, to be filled again and again. */
  public Transmission() {}

  void set(
      InetSocketAddress to,
      @Nullable InetAddress from,
      MemorySegment memory,
      long offset,
      int length,
      int segmentSize,
      boolean dontFragment) {
    this.to = to;
    this.from = from;
    this.memory = memory;
    this.offset = offset;
    this.length = length;
    this.segmentSize = segmentSize;
    this.dontFragment = dontFragment;
    join = 1;
    apart = false;
  }

  /** The same packets have become jumbo datagrams, in other memory. */
  void joined(MemorySegment memory, long offset, int length, int segmentSize) {
    this.memory = memory;
    this.offset = offset;
    this.length = length;
    this.segmentSize = segmentSize;
    join = 1;
    apart = true;
  }

  /** Where it goes. */
  public InetSocketAddress to() {
    return present(to);
  }

  /** The local address it must leave from, or null for the system's choice. */
  public @Nullable InetAddress from() {
    return from;
  }

  /** Memory that holds it. */
  public MemorySegment memory() {
    return present(memory);
  }

  /** Where it begins in {@link #memory()}. */
  public long offset() {
    return offset;
  }

  /** Bytes of all datagrams together. */
  public int length() {
    return length;
  }

  /** Bytes of each datagram; the last one may be shorter. */
  public int segmentSize() {
    return segmentSize;
  }

  /** Whether routers must not fragment it. */
  public boolean dontFragment() {
    return dontFragment;
  }

  /**
   * How many packets of the train shall go in one jumbo datagram, by a {@link JumboJoiner}; 1 for
   * none, which is always so until {@link Endpoint#joinPackets}.
   */
  public int join() {
    return join;
  }

  /** Whether its datagrams leave one by one: the peer takes them so, and a train gains nothing. */
  public boolean apart() {
    return apart;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("empty transmission");
    }
    return value;
  }
}
