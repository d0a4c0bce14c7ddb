// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.wire.Ack;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that are built once and sent once, with their memory. Bounded: what does not fit is
 * dropped, as the network might have done.
 */
final class ControlQueue {
  private static final int LIMIT = 4096;

  private final BufferPool pool;
  private final Counters counters;
  private @Nullable Block tail;
  private Entry[] entries = new Entry[8];
  private int head;
  private int size;
  private int handedOut;

  /** Where in the memory that {@link #begin} returned the datagram goes. */
  private long at;

  ControlQueue(BufferPool pool, Counters counters) {
    this.pool = pool;
    this.counters = counters;
    Arrays.setAll(entries, i -> new Entry());
  }

  /** Whether something waits to be handed out. */
  boolean pending() {
    return handedOut < size;
  }

  /** Hands out the next datagram; its memory stays until {@link #transmitted}. */
  boolean next(Transmission out) {
    if (handedOut == size) {
      return false;
    }
    Entry e = entry(handedOut++);
    InetSocketAddress to = e.to;
    Block block = e.block;
    if (to == null || block == null) {
      throw new IllegalStateException("empty entry");
    }
    out.set(to, e.from, block.memory, e.offset, e.length, Math.max(e.length, 1), e.dontFragment);
    counters.add(Counter.DATAGRAMS_SENT);
    counters.add(Counter.BYTES_SENT, e.length);
    return true;
  }

  /** What was handed out has left: its memory is free. */
  void transmitted() {
    while (handedOut > 0) {
      free();
      handedOut--;
    }
    if (size == 0 && tail != null) {
      pool.release(tail);
      tail = null;
    }
  }

  /**
   * Gets memory for one more datagram, to be written at {@link #at}.
   *
   * @param from the local address it must leave from, or null for the system's choice
   * @return null if it is dropped
   */
  @Nullable MemorySegment begin(InetSocketAddress to, @Nullable InetAddress from, int length) {
    Block block = size < LIMIT ? blockFor(length) : null;
    if (block == null) {
      counters.add(Counter.CONTROL_DROPPED);
      return null;
    }
    if (size == entries.length) {
      grow();
    }
    Entry e = entry(size++);
    e.to = to;
    e.from = from;
    e.block = block;
    e.offset = block.fill;
    e.length = length;
    e.dontFragment = false;
    at = block.fill;
    block.fill += length;
    block.uses++;
    return block.memory;
  }

  /** Where in the memory of the last {@link #begin} the datagram is to be written. */
  long at() {
    return at;
  }

  /** The datagram begun last has become this short. */
  void shorten(int length) {
    entry(size - 1).length = length;
  }

  /**
   * Fills the packet begun last with zeros up to {@code bytes}, and forbids to fragment it.
   * It moves to memory of that size.
   *
   * @return false if there is none: then the packet goes as it is
   */
  boolean pad(int bytes) {
    Entry e = entry(size - 1);
    Block old = e.block;
    Block larger = pool.take(bytes, BufferPool.Use.CONTROL);
    if (larger == null || old == null) {
      return false;
    }
    MemorySegment.copy(old.memory, e.offset, larger.memory, 0, e.length);
    Ack.writeFill(larger.memory, 0, e.length, bytes);
    pool.release(old);
    e.block = larger;
    e.offset = 0;
    e.length = bytes;
    e.dontFragment = true;
    return true;
  }

  private @Nullable Block blockFor(int length) {
    Block t = tail;
    if (t != null && t.size() - t.fill >= length) {
      return t;
    }
    Block fresh = pool.take(Math.max(length, t == null ? 1 : 2048), BufferPool.Use.CONTROL);
    if (fresh == null) {
      fresh = pool.take(length, BufferPool.Use.CONTROL);
    }
    if (fresh == null) {
      return null;
    }
    if (t != null) {
      pool.release(t);
    }
    tail = fresh;
    return fresh;
  }

  private void free() {
    Entry e = entries[head];
    Block block = e.block;
    if (block != null) {
      pool.release(block);
    }
    e.block = null;
    e.to = null;
    e.from = null;
    head = head + 1 & entries.length - 1;
    size--;
  }

  private Entry entry(int i) {
    return entries[head + i & entries.length - 1];
  }

  private void grow() {
    Entry[] larger = new Entry[entries.length * 2];
    for (int i = 0; i < larger.length; i++) {
      larger[i] = i < size ? entry(i) : new Entry();
    }
    entries = larger;
    head = 0;
  }

  private static final class Entry {
    @Nullable InetSocketAddress to;
    @Nullable InetAddress from;
    @Nullable Block block;
    int offset;
    int length;
    boolean dontFragment;
  }
}
