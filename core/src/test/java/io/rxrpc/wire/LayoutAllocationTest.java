// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Checking, reading and writing DATA and ACK allocates nothing. */
class LayoutAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int PACKETS = 10_000;
  private static final int ROUNDS = 50;

  private long sink;

  /** The least that a round allocated: the first ones run interpreted, where boxes may appear. */
  private long leastAllocated(LongSupplier packet) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < PACKETS; i++) {
        sink += packet.getAsLong();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static MemorySegment offHeap(Arena arena, MemorySegment packet) {
    return arena.allocate(packet.byteSize()).copyFrom(packet);
  }

  private static long read(MemorySegment p, long at, int length) {
    if (PacketCheck.check(p, at, length) != Malformed.NONE) {
      throw new AssertionError();
    }
    return Readers.header(p, at)
        + (Header.type(p, at) == PacketType.DATA
            ? Readers.data(p, at, length)
            : Readers.ack(p, at, length));
  }

  @Test
  void reading() {
    try (Arena arena = Arena.ofConfined()) {
      for (String vector : new String[] {"jumbo of two", "null call", "out of order seq2 first"}) {
        byte[] udp =
            vector.startsWith("out")
                ? Vectors.openafs(vector).packets().getLast().udp()
                : Vectors.openafs(vector).packets().getFirst().udp();
        MemorySegment p = offHeap(arena, MemorySegment.ofArray(udp));
        int length = udp.length;
        assertThat(leastAllocated(() -> read(p, 0, length))).as(vector).isZero();
      }
    }
    assertThat(sink).isNotZero();
  }

  @Test
  void writing() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment p = arena.allocate(Ack.MAX_LENGTH);
      LongSupplier ack =
          () -> {
            Header.write(p, 0, 1, 4, 1, 0, 1, PacketType.ACK, 0, 0, 0, 0, 52);
            Ack.write(p, 0, 1, 0, 0, AckReason.REQUESTED, 3);
            Ack.setSoftAck(p, 0, 0, true);
            Ack.setSoftAck(p, 0, 1, false);
            Ack.setSoftAck(p, 0, 2, true);
            return Ack.writeTrailer(p, 0, 3, 1444, 1444, 32, 4);
          };
      assertThat(leastAllocated(ack)).isZero();
      LongSupplier data =
          () -> {
            Header.write(p, 0, 1, 4, 1, 1, 1, PacketType.DATA, 5, 0, 0, 0, 52);
            Header.setSerial(p, 0, Sequence.nextSerial(Header.serial(p, 0)));
            return Header.serial(p, 0);
          };
      assertThat(leastAllocated(data)).isZero();
    }
  }
}
