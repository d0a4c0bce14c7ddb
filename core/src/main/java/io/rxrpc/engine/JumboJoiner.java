// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Joins the packets of trains into jumbo datagrams (wire.md section 6), in memory of its own: where
 * they were built they stay as they are, to be sent again one by one. For hosts whose port needs a
 * system call for each datagram. Not thread-safe.
 */
public final class JumboJoiner {
  /** More than a train has. */
  private static final int TRAIN = 1 << 16;

  private static final int MEMORY = 4 * TRAIN;

  private final SegmentAllocator allocator;
  private @Nullable MemorySegment memory;
  private long used;

  /**
   * @param allocator gives 256 KiB when the first train is joined
   */
  public JumboJoiner(SegmentAllocator allocator) {
    this.allocator = allocator;
  }

  /** Whether another train can be joined before {@link #clear}. */
  public boolean hasRoom() {
    return MEMORY - used >= TRAIN;
  }

  /** What was joined has left: its memory is used again. */
  public void clear() {
    used = 0;
  }

  /**
   * Joins a train as its {@link Transmission#join} says; it then is a train of jumbo datagrams. It
   * stays as it is when nothing is to be joined.
   *
   * @throws IllegalStateException if there is no room
   */
  public void join(Transmission train) {
    int parts = train.join();
    if (parts == 1) {
      return;
    }
    if (!hasRoom()) {
      throw new IllegalStateException("no room for another train");
    }
    MemorySegment to = memory;
    if (to == null) {
      to = allocator.allocate(MEMORY, 8);
      memory = to;
    }
    MemorySegment from = train.memory();
    long at = train.offset();
    long end = at + train.length();
    int stride = train.segmentSize();
    long start = used;
    long fill = start;
    while (at < end) {
      int packets = (int) Math.min(parts, (end - at + stride - 1) / stride);
      int bytes = (int) Math.min((long) packets * stride, end - at);
      fill = datagram(from, at, bytes, stride, to, fill);
      at += bytes;
    }
    used = (fill + 7) & ~7;
    train.joined(to, start, (int) (fill - start), Jumbo.length(parts));
  }

  /** Copies the packets that lie in {@code length} bytes into one datagram; returns its end. */
  private static long datagram(
      MemorySegment from, long at, int length, int stride, MemorySegment to, long start) {
    long end = at + length;
    int bytes = Math.min(stride, length);
    MemorySegment.copy(from, at, to, start, bytes);
    int flags = Header.flags(from, at);
    long data = start + Header.LENGTH;
    long packet = at + bytes;
    while (packet < end) {
      // the one before has one behind it
      setFlags(to, start, data, flags | Flags.JUMBO_PACKET);
      flags = Header.flags(from, packet);
      Jumbo.writeNext(to, data, flags, Header.checksum(from, packet));
      data = Jumbo.nextOffset(data);
      bytes = (int) Math.min(stride, end - packet);
      MemorySegment.copy(from, packet + Header.LENGTH, to, data, (long) bytes - Header.LENGTH);
      packet += bytes;
    }
    return data + bytes - Header.LENGTH;
  }

  /** The flags of the packet whose data is there: in the header, or in its subheader. */
  private static void setFlags(MemorySegment to, long start, long data, int flags) {
    if (data == start + Header.LENGTH) {
      Header.setFlags(to, start, flags);
    } else {
      Jumbo.setFlags(to, data, flags);
    }
  }
}
