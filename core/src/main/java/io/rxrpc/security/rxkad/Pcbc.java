package io.rxrpc.security.rxkad;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * fcrypt over memory in PCBC mode (rxkad.md 7). Lengths are multiples of 8. Allocates nothing.
 *
 * <p>A block of one chain waits for the block before it, so several chains are run side by side: of
 * different packets when encrypting; when decrypting, the blocks of one packet are independent but
 * for the last step.
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
    int[] s = key.encryption();
    long chain = iv;
    for (long i = 0; i < length; i += BLOCK) {
      long p = source.get(LONG, from + i);
      long c = Rounds.crypt(s, p ^ chain);
      destination.set(LONG, to + i, c);
      chain = p ^ c;
    }
  }

  /** Encrypts two stretches of equal length in place, each with a chain of its own. */
  static void encryptTwo(FcryptKey key, long iv, MemorySegment m, long at, long at2, long length) {
    int[] s = key.encryption();
    long chain = iv;
    long chain2 = iv;
    for (long i = 0; i < length; i += BLOCK) {
      long p = m.get(LONG, at + i);
      long p2 = m.get(LONG, at2 + i);
      long x = p ^ chain;
      long y = p2 ^ chain2;
      int l = (int) (x >>> 32) ^ s[Rounds.LEFT];
      int r = (int) x ^ s[Rounds.RIGHT];
      int l2 = (int) (y >>> 32) ^ s[Rounds.LEFT];
      int r2 = (int) y ^ s[Rounds.RIGHT];
      l = Rounds.round(l, r);
      l2 = Rounds.round(l2, r2);
      for (int j = 0; j < Rounds.COUNT - 2; j += 2) {
        r = Rounds.round(r ^ s[j], l);
        r2 = Rounds.round(r2 ^ s[j], l2);
        l = Rounds.round(l ^ s[j + 1], r);
        l2 = Rounds.round(l2 ^ s[j + 1], r2);
      }
      r = Rounds.round(r ^ s[Rounds.COUNT - 2], l);
      r2 = Rounds.round(r2 ^ s[Rounds.COUNT - 2], l2);
      x = Rounds.join(l ^ s[Rounds.COUNT - 1], r);
      y = Rounds.join(l2 ^ s[Rounds.COUNT - 1], r2);
      m.set(LONG, at + i, x);
      m.set(LONG, at2 + i, y);
      chain = p ^ x;
      chain2 = p2 ^ y;
    }
  }

  /** Encrypts three stretches of equal length in place, each with a chain of its own. */
  static void encryptThree(
      FcryptKey key, long iv, MemorySegment m, long at, long at2, long at3, long length) {
    int[] s = key.encryption();
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
      int l = (int) (x >>> 32) ^ s[Rounds.LEFT];
      int r = (int) x ^ s[Rounds.RIGHT];
      int l2 = (int) (y >>> 32) ^ s[Rounds.LEFT];
      int r2 = (int) y ^ s[Rounds.RIGHT];
      int l3 = (int) (z >>> 32) ^ s[Rounds.LEFT];
      int r3 = (int) z ^ s[Rounds.RIGHT];
      l = Rounds.round(l, r);
      l2 = Rounds.round(l2, r2);
      l3 = Rounds.round(l3, r3);
      for (int j = 0; j < Rounds.COUNT - 2; j += 2) {
        r = Rounds.round(r ^ s[j], l);
        r2 = Rounds.round(r2 ^ s[j], l2);
        r3 = Rounds.round(r3 ^ s[j], l3);
        l = Rounds.round(l ^ s[j + 1], r);
        l2 = Rounds.round(l2 ^ s[j + 1], r2);
        l3 = Rounds.round(l3 ^ s[j + 1], r3);
      }
      r = Rounds.round(r ^ s[Rounds.COUNT - 2], l);
      r2 = Rounds.round(r2 ^ s[Rounds.COUNT - 2], l2);
      r3 = Rounds.round(r3 ^ s[Rounds.COUNT - 2], l3);
      x = Rounds.join(l ^ s[Rounds.COUNT - 1], r);
      y = Rounds.join(l2 ^ s[Rounds.COUNT - 1], r2);
      z = Rounds.join(l3 ^ s[Rounds.COUNT - 1], r3);
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
    long chain = iv;
    long threes = length - length % (3 * BLOCK);
    if (threes > 0) {
      chain = decryptThrees(key, iv, source, from, destination, to, threes);
    }
    for (long i = threes; i < length; i += BLOCK) {
      long c = source.get(LONG, from + i);
      long p = key.decrypt(c) ^ chain;
      destination.set(LONG, to + i, p);
      chain = p ^ c;
    }
  }

  /** Three blocks at a time; returns the chain's next value. */
  private static long decryptThrees(
      FcryptKey key,
      long iv,
      MemorySegment source,
      long from,
      MemorySegment destination,
      long to,
      long length) {
    int[] s = key.decryption();
    long chain = iv;
    for (long i = 0; i < length; i += 3 * BLOCK) {
      long x = source.get(LONG, from + i);
      long y = source.get(LONG, from + i + BLOCK);
      long z = source.get(LONG, from + i + 2 * BLOCK);
      // decryption is encryption with the halves exchanged and the keys in the other order
      int l = (int) x ^ s[Rounds.LEFT];
      int r = (int) (x >>> 32) ^ s[Rounds.RIGHT];
      int l2 = (int) y ^ s[Rounds.LEFT];
      int r2 = (int) (y >>> 32) ^ s[Rounds.RIGHT];
      int l3 = (int) z ^ s[Rounds.LEFT];
      int r3 = (int) (z >>> 32) ^ s[Rounds.RIGHT];
      l = Rounds.round(l, r);
      l2 = Rounds.round(l2, r2);
      l3 = Rounds.round(l3, r3);
      for (int j = 0; j < Rounds.COUNT - 2; j += 2) {
        r = Rounds.round(r ^ s[j], l);
        r2 = Rounds.round(r2 ^ s[j], l2);
        r3 = Rounds.round(r3 ^ s[j], l3);
        l = Rounds.round(l ^ s[j + 1], r);
        l2 = Rounds.round(l2 ^ s[j + 1], r2);
        l3 = Rounds.round(l3 ^ s[j + 1], r3);
      }
      r = Rounds.round(r ^ s[Rounds.COUNT - 2], l);
      r2 = Rounds.round(r2 ^ s[Rounds.COUNT - 2], l2);
      r3 = Rounds.round(r3 ^ s[Rounds.COUNT - 2], l3);
      long p = Rounds.join(r, l ^ s[Rounds.COUNT - 1]) ^ chain;
      chain = p ^ x;
      destination.set(LONG, to + i, p);
      p = Rounds.join(r2, l2 ^ s[Rounds.COUNT - 1]) ^ chain;
      chain = p ^ y;
      destination.set(LONG, to + i + BLOCK, p);
      p = Rounds.join(r3, l3 ^ s[Rounds.COUNT - 1]) ^ chain;
      chain = p ^ z;
      destination.set(LONG, to + i + 2 * BLOCK, p);
    }
    return chain;
  }
}
