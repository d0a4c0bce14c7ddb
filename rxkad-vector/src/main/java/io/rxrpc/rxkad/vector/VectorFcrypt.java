// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import io.rxrpc.security.rxkad.WideFcrypt;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * fcrypt in PCBC mode upon 64 blocks at once: of as many packets when encrypting, as a block of one
 * chain waits for the one before; of one packet when decrypting. Safe for all threads.
 */
final class VectorFcrypt implements WideFcrypt {
  /** Fewer packets leave so many lanes idle that tables are faster. */
  static final int PACKETS_FROM = 10;

  /** Fewer blocks do. */
  static final int BLOCKS_FROM = 32;

  private static final int BLOCK = Long.BYTES;
  private static final int LANES = SlicedRounds.BLOCKS;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private volatile boolean ready;

  /** From now on it is worth its while. */
  void ready() {
    ready = true;
  }

  @Override
  public int packetsAtOnce() {
    return ready ? LANES : 0;
  }

  @Override
  public boolean encrypts(int packets, int length) {
    return ready && packets >= PACKETS_FROM;
  }

  @Override
  public boolean decrypts(int length) {
    return ready && length >= BLOCKS_FROM * BLOCK;
  }

  @Override
  public void encrypt(
      int[] sums, long iv, MemorySegment memory, long first, long stride, int packets, int length) {
    long[] chain = new long[LANES];
    long[] plain = new long[LANES];
    long[] blocks = new long[LANES];
    byte[] planes = new byte[SlicedRounds.PLANES];
    for (int done = 0; done < packets; done += LANES) {
      int lanes = Math.min(LANES, packets - done);
      Arrays.fill(chain, Long.reverseBytes(iv));
      long at = first + done * stride;
      for (int i = 0; i < length; i += BLOCK) {
        gather(memory, at + i, stride, lanes, plain);
        for (int lane = 0; lane < LANES; lane++) {
          blocks[lane] = plain[lane] ^ chain[lane];
        }
        SlicedRounds.crypt(sums, blocks, planes, false);
        for (int lane = 0; lane < LANES; lane++) {
          chain[lane] = plain[lane] ^ blocks[lane];
        }
        scatter(blocks, memory, at + i, stride, lanes);
      }
    }
  }

  private static void gather(MemorySegment memory, long at, long stride, int lanes, long[] to) {
    long from = at;
    for (int lane = 0; lane < lanes; lane++) {
      to[lane] = memory.get(LONG, from);
      from += stride;
    }
  }

  private static void scatter(long[] from, MemorySegment memory, long at, long stride, int lanes) {
    long to = at;
    for (int lane = 0; lane < lanes; lane++) {
      memory.set(LONG, to, from[lane]);
      to += stride;
    }
  }

  @Override
  public void decrypt(
      int[] sums,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      int length) {
    long[] cipher = new long[LANES];
    long[] blocks = new long[LANES];
    byte[] planes = new byte[SlicedRounds.PLANES];
    long chain = Long.reverseBytes(iv);
    for (int done = 0; done < length; done += LANES * BLOCK) {
      int lanes = Math.min(LANES, (length - done) / BLOCK);
      MemorySegment.copy(source, LONG, from + done, cipher, 0, lanes);
      System.arraycopy(cipher, 0, blocks, 0, LANES);
      SlicedRounds.crypt(sums, blocks, planes, true);
      for (int lane = 0; lane < lanes; lane++) {
        long plain = blocks[lane] ^ chain;
        chain = plain ^ cipher[lane];
        blocks[lane] = plain;
      }
      MemorySegment.copy(blocks, 0, destination, LONG, to + done, lanes);
    }
  }

  @Override
  public String toString() {
    return "fcrypt in vectors";
  }
}
