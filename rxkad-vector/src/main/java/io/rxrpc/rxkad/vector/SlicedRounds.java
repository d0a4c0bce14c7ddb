// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rounds of fcrypt (rxkad.md 7) over 64 blocks at once: vector k holds byte k of each block, so
 * that a substitution box of 256 octets is two permutations of 128 each. Immutable; safe for all
 * threads. Right with any processor; fast where one instruction permutes 128 octets.
 */
final class SlicedRounds {
  /** Blocks at once. */
  static final int BLOCKS = 64;

  /** Octets of all planes. */
  static final int PLANES = 8 * BLOCKS;

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
  private static final int BOX = 256;
  private static final int ROUNDS = 16;
  private static final int RIGHT_HALF = PLANES / 2;

  /** Exchanges rows and columns of the 8 by 8 octets of a vector. */
  private static final VectorShuffle<Byte> TURNED =
      VectorShuffle.fromOp(BYTES, i -> (i & 7) << 3 | i >>> 3);

  // exchange rows and columns of 8 by 8 longs, in three steps of distance 1, 2 and 4
  private static final LongVector KEEP_1 = first(1);
  private static final LongVector TAKE_1 = second(1);
  private static final LongVector KEEP_2 = first(2);
  private static final LongVector TAKE_2 = second(2);
  private static final LongVector KEEP_4 = first(4);
  private static final LongVector TAKE_4 = second(4);

  /** The low three bits of a byte come from the same byte of the boxes' outputs, rotated. */
  private static final byte LOW = 7;

  private final byte[] tables = new byte[4 * BOX];

  /**
   * @param boxes the four substitution boxes
   */
  SlicedRounds(byte[][] boxes) {
    for (int box = 0; box < boxes.length; box++) {
      for (int i = 0; i < BOX; i++) {
        // The rotation of the whole word right by 5 is one by a byte, which costs nothing here, and
        // one left by 3, of which each byte's part is done in the table.
        int b = boxes[box][i] & 0xff;
        tables[box * BOX + i] = (byte) (b << 3 | b >>> 5);
      }
    }
  }

  /** Whether this JVM has registers of 64 octets to use. */
  static boolean fit() {
    return ByteVector.SPECIES_MAX.vectorByteSize() == BLOCKS;
  }

  private static LongVector first(int distance) {
    long[] index = new long[8];
    for (int j = 0; j < index.length; j++) {
      index[j] = (j & distance) == 0 ? j : 8 + j - distance;
    }
    return LongVector.fromArray(LONGS, index, 0);
  }

  private static LongVector second(int distance) {
    long[] index = new long[8];
    for (int j = 0; j < index.length; j++) {
      index[j] = (j & distance) == 0 ? j + distance : 8 + j;
    }
    return LongVector.fromArray(LONGS, index, 0);
  }

  /**
   * Encrypts blocks, or decrypts them with the sums for that and the halves exchanged.
   *
   * @param sums of the key
   * @param blocks {@value #BLOCKS}, their first octet lowest
   * @param planes {@value #PLANES} octets of scratch
   */
  void crypt(int[] sums, long[] blocks, byte[] planes, boolean exchanged) {
    slice(blocks, planes);
    if (exchanged) {
      rounds(sums, planes, RIGHT_HALF, 0);
    } else {
      rounds(sums, planes, 0, RIGHT_HALF);
    }
    unslice(planes, blocks);
  }

  private static LongVector in(long[] blocks, int i) {
    return LongVector.fromArray(LONGS, blocks, 8 * i)
        .reinterpretAsBytes()
        .rearrange(TURNED)
        .reinterpretAsLongs();
  }

  private static void out(LongVector v, long[] blocks, int i) {
    v.reinterpretAsBytes().rearrange(TURNED).reinterpretAsLongs().intoArray(blocks, 8 * i);
  }

  private static LongVector plane(byte[] planes, int i) {
    return ByteVector.fromArray(BYTES, planes, BLOCKS * i).reinterpretAsLongs();
  }

  private static void plane(LongVector v, byte[] planes, int i) {
    v.reinterpretAsBytes().intoArray(planes, BLOCKS * i);
  }

  /** From blocks to planes. */
  private static void slice(long[] blocks, byte[] planes) {
    LongVector a = in(blocks, 0);
    LongVector b = in(blocks, 1);
    LongVector c = in(blocks, 2);
    LongVector d = in(blocks, 3);
    LongVector e = in(blocks, 4);
    LongVector f = in(blocks, 5);
    LongVector g = in(blocks, 6);
    LongVector h = in(blocks, 7);
    LongVector a1 = KEEP_1.selectFrom(a, b);
    LongVector b1 = TAKE_1.selectFrom(a, b);
    LongVector c1 = KEEP_1.selectFrom(c, d);
    LongVector d1 = TAKE_1.selectFrom(c, d);
    LongVector e1 = KEEP_1.selectFrom(e, f);
    LongVector f1 = TAKE_1.selectFrom(e, f);
    LongVector g1 = KEEP_1.selectFrom(g, h);
    LongVector h1 = TAKE_1.selectFrom(g, h);
    a = KEEP_2.selectFrom(a1, c1);
    c = TAKE_2.selectFrom(a1, c1);
    b = KEEP_2.selectFrom(b1, d1);
    d = TAKE_2.selectFrom(b1, d1);
    e = KEEP_2.selectFrom(e1, g1);
    g = TAKE_2.selectFrom(e1, g1);
    f = KEEP_2.selectFrom(f1, h1);
    h = TAKE_2.selectFrom(f1, h1);
    plane(KEEP_4.selectFrom(a, e), planes, 0);
    plane(TAKE_4.selectFrom(a, e), planes, 4);
    plane(KEEP_4.selectFrom(b, f), planes, 1);
    plane(TAKE_4.selectFrom(b, f), planes, 5);
    plane(KEEP_4.selectFrom(c, g), planes, 2);
    plane(TAKE_4.selectFrom(c, g), planes, 6);
    plane(KEEP_4.selectFrom(d, h), planes, 3);
    plane(TAKE_4.selectFrom(d, h), planes, 7);
  }

  /** From planes to blocks: the same exchange again. */
  private static void unslice(byte[] planes, long[] blocks) {
    LongVector a = plane(planes, 0);
    LongVector b = plane(planes, 1);
    LongVector c = plane(planes, 2);
    LongVector d = plane(planes, 3);
    LongVector e = plane(planes, 4);
    LongVector f = plane(planes, 5);
    LongVector g = plane(planes, 6);
    LongVector h = plane(planes, 7);
    LongVector a1 = KEEP_1.selectFrom(a, b);
    LongVector b1 = TAKE_1.selectFrom(a, b);
    LongVector c1 = KEEP_1.selectFrom(c, d);
    LongVector d1 = TAKE_1.selectFrom(c, d);
    LongVector e1 = KEEP_1.selectFrom(e, f);
    LongVector f1 = TAKE_1.selectFrom(e, f);
    LongVector g1 = KEEP_1.selectFrom(g, h);
    LongVector h1 = TAKE_1.selectFrom(g, h);
    a = KEEP_2.selectFrom(a1, c1);
    c = TAKE_2.selectFrom(a1, c1);
    b = KEEP_2.selectFrom(b1, d1);
    d = TAKE_2.selectFrom(b1, d1);
    e = KEEP_2.selectFrom(e1, g1);
    g = TAKE_2.selectFrom(e1, g1);
    f = KEEP_2.selectFrom(f1, h1);
    h = TAKE_2.selectFrom(f1, h1);
    out(KEEP_4.selectFrom(a, e), blocks, 0);
    out(TAKE_4.selectFrom(a, e), blocks, 4);
    out(KEEP_4.selectFrom(b, f), blocks, 1);
    out(TAKE_4.selectFrom(b, f), blocks, 5);
    out(KEEP_4.selectFrom(c, g), blocks, 2);
    out(TAKE_4.selectFrom(c, g), blocks, 6);
    out(KEEP_4.selectFrom(d, h), blocks, 3);
    out(TAKE_4.selectFrom(d, h), blocks, 7);
  }

  private static ByteVector at(byte[] octets, int offset) {
    return ByteVector.fromArray(BYTES, octets, offset);
  }

  private static ByteVector key(int sum, int shift) {
    return ByteVector.broadcast(BYTES, (byte) (sum >>> shift));
  }

  /** What a box makes of each byte: one of two tables of 128 by the highest bit. */
  private static ByteVector box(byte[] tables, int number, ByteVector x) {
    int table = number * BOX;
    ByteVector low = x.selectFrom(at(tables, table), at(tables, table + 64));
    ByteVector high = x.selectFrom(at(tables, table + 128), at(tables, table + 192));
    return low.blend(high, x.lt((byte) 0));
  }

  /** Adds to a byte of a half the key, and three bits of one output and five of another. */
  private static ByteVector mix(ByteVector half, ByteVector key, ByteVector low, ByteVector high) {
    ByteVector both =
        low.lanewise(VectorOperators.XOR, high)
            .lanewise(VectorOperators.AND, LOW)
            .lanewise(VectorOperators.XOR, high);
    return half.lanewise(VectorOperators.XOR, key).lanewise(VectorOperators.XOR, both);
  }

  /** All rounds, with the halves at these places of the planes. The most significant byte first. */
  private void rounds(int[] s, byte[] planes, int left, int right) {
    byte[] t = tables;
    ByteVector l0 = at(planes, left);
    ByteVector l1 = at(planes, left + BLOCKS);
    ByteVector l2 = at(planes, left + 2 * BLOCKS);
    ByteVector l3 = at(planes, left + 3 * BLOCKS);
    int k = s[ROUNDS + 1];
    ByteVector r0 = at(planes, right).lanewise(VectorOperators.XOR, key(k, 24));
    ByteVector r1 = at(planes, right + BLOCKS).lanewise(VectorOperators.XOR, key(k, 16));
    ByteVector r2 = at(planes, right + 2 * BLOCKS).lanewise(VectorOperators.XOR, key(k, 8));
    ByteVector r3 = at(planes, right + 3 * BLOCKS).lanewise(VectorOperators.XOR, key(k, 0));
    for (int i = 0; i < ROUNDS; i += 2) {
      ByteVector p3 = box(t, 3, r3);
      ByteVector p2 = box(t, 2, r2);
      ByteVector p1 = box(t, 0, r0);
      ByteVector p0 = box(t, 1, r1);
      k = s[i];
      l0 = mix(l0, key(k, 24), p3, p0);
      l1 = mix(l1, key(k, 16), p2, p3);
      l2 = mix(l2, key(k, 8), p1, p2);
      l3 = mix(l3, key(k, 0), p0, p1);
      p3 = box(t, 3, l3);
      p2 = box(t, 2, l2);
      p1 = box(t, 0, l0);
      p0 = box(t, 1, l1);
      k = s[i + 1];
      r0 = mix(r0, key(k, 24), p3, p0);
      r1 = mix(r1, key(k, 16), p2, p3);
      r2 = mix(r2, key(k, 8), p1, p2);
      r3 = mix(r3, key(k, 0), p0, p1);
    }
    k = s[ROUNDS];
    l0.lanewise(VectorOperators.XOR, key(k, 24)).intoArray(planes, left);
    l1.lanewise(VectorOperators.XOR, key(k, 16)).intoArray(planes, left + BLOCKS);
    l2.lanewise(VectorOperators.XOR, key(k, 8)).intoArray(planes, left + 2 * BLOCKS);
    l3.lanewise(VectorOperators.XOR, key(k, 0)).intoArray(planes, left + 3 * BLOCKS);
    r0.intoArray(planes, right);
    r1.intoArray(planes, right + BLOCKS);
    r2.intoArray(planes, right + 2 * BLOCKS);
    r3.intoArray(planes, right + 3 * BLOCKS);
  }
}
