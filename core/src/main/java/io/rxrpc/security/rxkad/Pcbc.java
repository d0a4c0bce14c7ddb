// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * fcrypt over memory in PCBC mode (rxkad.md 7). Lengths are multiples of 8. Allocates nothing.
 *
 * <p>A block of one chain waits for the block before it, and each round for the tables. So three
 * chains are run side by side, of three packets, when encrypting; when decrypting, three blocks of
 * one packet, which are independent but for the last step.
 */
final class Pcbc {
  /** Bytes of a block. */
  static final int BLOCK = 8;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Pcbc() {}

  static long block(MemorySegment p, long at) {
    return p.get(LONG, at);
  }

  static void setBlock(MemorySegment p, long at, long block) {
    p.set(LONG, at, block);
  }

  /** Encrypts from source to destination, which may be the same place. */
  static void encrypt(
      FcryptKey key,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      long length) {
    encrypt(key.encryption(), iv, source, from, destination, to, length);
  }

  /** The same with the expanded key. */
  static void encrypt(
      int[] s,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      long length) {
    long chain = iv;
    for (long i = 0; i < length; i += BLOCK) {
      long p = source.get(LONG, from + i);
      long c = Rounds.crypt(s, p ^ chain);
      destination.set(LONG, to + i, c);
      chain = p ^ c;
    }
  }

  /** Encrypts two stretches of equal length in place, one each {@code stride}. */
  static void encryptTwo(int[] s, long iv, MemorySegment m, long at, long stride, long length) {
    if (length == 0) {
      return;
    }
    int[] table = Rounds.table(m.get(LONG, at));
    long at2 = at + stride;
    long chain = iv;
    long chain2 = iv;
    for (long i = 0; i < length; i += BLOCK) {
      long p = m.get(LONG, at + i);
      long p2 = m.get(LONG, at2 + i);
      long x = p ^ chain;
      long y = p2 ^ chain2;
      int l = (int) (x >>> 32);
      int r = (int) x ^ s[Rounds.START];
      int l2 = (int) (y >>> 32);
      int r2 = (int) y ^ s[Rounds.START];
      int j = 0;
      do {
        l = Rounds.round(table, l ^ s[j], r);
        l2 = Rounds.round(table, l2 ^ s[j], r2);
        r = Rounds.round(table, r ^ s[j + 1], l);
        r2 = Rounds.round(table, r2 ^ s[j + 1], l2);
        j = Rounds.next(j);
      } while (j != 0);
      x = Rounds.join(l ^ s[Rounds.END], r);
      y = Rounds.join(l2 ^ s[Rounds.END], r2);
      m.set(LONG, at + i, x);
      m.set(LONG, at2 + i, y);
      chain = p ^ x;
      chain2 = p2 ^ y;
    }
  }

  /**
   * Encrypts three stretches of equal length in place, one each {@code stride}. Written out beside
   * the one of two, as all of a chain lives in registers: the compiler makes objects or memory of
   * whatever could be shared. Four make no more than three, as registers are short then.
   */
  static void encryptThree(int[] s, long iv, MemorySegment m, long at, long stride, long length) {
    if (length == 0) {
      return;
    }
    int[] table = Rounds.table(m.get(LONG, at));
    long at2 = at + stride;
    long at3 = at2 + stride;
    long chain = iv;
    long chain2 = iv;
    long chain3 = iv;
    for (long i = 0; i < length; i += BLOCK) {
      long p = m.get(LONG, at + i);
      long p2 = m.get(LONG, at2 + i);
      long p3 = m.get(LONG, at3 + i);
      long x = p ^ chain;
      long y = p2 ^ chain2;
      long z = p3 ^ chain3;
      int l = (int) (x >>> 32);
      int r = (int) x ^ s[Rounds.START];
      int l2 = (int) (y >>> 32);
      int r2 = (int) y ^ s[Rounds.START];
      int l3 = (int) (z >>> 32);
      int r3 = (int) z ^ s[Rounds.START];
      int j = 0;
      do {
        l = Rounds.round(table, l ^ s[j], r);
        l2 = Rounds.round(table, l2 ^ s[j], r2);
        l3 = Rounds.round(table, l3 ^ s[j], r3);
        r = Rounds.round(table, r ^ s[j + 1], l);
        r2 = Rounds.round(table, r2 ^ s[j + 1], l2);
        r3 = Rounds.round(table, r3 ^ s[j + 1], l3);
        j = Rounds.next(j);
      } while (j != 0);
      x = Rounds.join(l ^ s[Rounds.END], r);
      y = Rounds.join(l2 ^ s[Rounds.END], r2);
      z = Rounds.join(l3 ^ s[Rounds.END], r3);
      m.set(LONG, at + i, x);
      m.set(LONG, at2 + i, y);
      m.set(LONG, at3 + i, z);
      chain = p ^ x;
      chain2 = p2 ^ y;
      chain3 = p3 ^ z;
    }
  }

  /** Decrypts from source to destination; the source is not changed unless it is the same. */
  static void decrypt(
      FcryptKey key,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      long length) {
    decrypt(key.decryption(), iv, source, from, destination, to, length);
  }

  /** The same with the expanded key, in the order of decryption. */
  static void decrypt(
      int[] s,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      long length) {
    long chain = iv;
    long threes = length - length % (3 * BLOCK);
    if (threes > 0) {
      chain = decryptThrees(s, iv, source, from, destination, to, threes);
    }
    for (long i = threes; i < length; i += BLOCK) {
      long c = source.get(LONG, from + i);
      long p = FcryptKey.decrypt(s, c) ^ chain;
      destination.set(LONG, to + i, p);
      chain = p ^ c;
    }
  }

  /** Three blocks at a time; returns the chain's next value. */
  private static long decryptThrees(
      int[] s,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      long length) {
    int[] table = Rounds.table(source.get(LONG, from));
    long chain = iv;
    for (long i = 0; i < length; i += 3 * BLOCK) {
      long x = source.get(LONG, from + i);
      long y = source.get(LONG, from + i + BLOCK);
      long z = source.get(LONG, from + i + 2 * BLOCK);
      // decryption is encryption with the halves exchanged and the keys in the other order
      int l = (int) x;
      int r = (int) (x >>> 32) ^ s[Rounds.START];
      int l2 = (int) y;
      int r2 = (int) (y >>> 32) ^ s[Rounds.START];
      int l3 = (int) z;
      int r3 = (int) (z >>> 32) ^ s[Rounds.START];
      int j = 0;
      do {
        l = Rounds.round(table, l ^ s[j], r);
        l2 = Rounds.round(table, l2 ^ s[j], r2);
        l3 = Rounds.round(table, l3 ^ s[j], r3);
        r = Rounds.round(table, r ^ s[j + 1], l);
        r2 = Rounds.round(table, r2 ^ s[j + 1], l2);
        r3 = Rounds.round(table, r3 ^ s[j + 1], l3);
        j = Rounds.next(j);
      } while (j != 0);
      long p = Rounds.join(r, l ^ s[Rounds.END]) ^ chain;
      chain = p ^ x;
      destination.set(LONG, to + i, p);
      p = Rounds.join(r2, l2 ^ s[Rounds.END]) ^ chain;
      chain = p ^ y;
      destination.set(LONG, to + i + BLOCK, p);
      p = Rounds.join(r3, l3 ^ s[Rounds.END]) ^ chain;
      chain = p ^ z;
      destination.set(LONG, to + i + 2 * BLOCK, p);
    }
    return chain;
  }
}
