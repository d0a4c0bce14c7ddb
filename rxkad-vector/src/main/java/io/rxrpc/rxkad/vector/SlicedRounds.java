// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rounds of fcrypt (rxkad.md 7) over 64 blocks at once: vector k holds byte k of each block, so
 * that a substitution box of 256 octets is two permutations of 128 each. Safe for all threads.
 * Right with any processor; fast where one instruction permutes 128 octets.
 */
final class SlicedRounds {
  /** Blocks at once. */
  static final int BLOCKS = 64;

  /** Octets of all planes. */
  static final int PLANES = 8 * BLOCKS;

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
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

  private SlicedRounds() {}

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
  static void crypt(int[] sums, long[] blocks, byte[] planes, boolean exchanged) {
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

  /** What a box makes of each byte: one of two tables of 128 by the highest bit. */
  private static ByteVector box(
      ByteVector x, ByteVector a, ByteVector b, ByteVector c, ByteVector d) {
    return x.selectFrom(a, b).blend(x.selectFrom(c, d), x.lt((byte) 0));
  }

  /** Adds to a byte of a half the key, and three bits of one output and five of another. */
  private static ByteVector mix(ByteVector half, int key, ByteVector low, ByteVector high) {
    return low.lanewise(VectorOperators.XOR, high)
        .lanewise(VectorOperators.AND, LOW)
        .lanewise(VectorOperators.XOR, high)
        .lanewise(VectorOperators.XOR, half)
        .lanewise(VectorOperators.XOR, (byte) key);
  }

  private static void add(int key, byte[] planes, int half) {
    for (int i = 0; i < 4; i++) {
      int place = half + i * BLOCKS;
      at(planes, place)
          .lanewise(VectorOperators.XOR, (byte) (key >>> (24 - 8 * i)))
          .intoArray(planes, place);
    }
  }

  /**
   * All rounds, with the halves at these places of the planes, the most significant byte first. One
   * round is all the loop has, and the tables are constants: of more code the compiler would leave
   * a part as calls, which pass vectors as objects, and it takes seven times as long.
   */
  private static void rounds(int[] s, byte[] planes, int left, int right) {
    add(s[ROUNDS + 1], planes, right);
    allRounds(s, planes, left, right);
    add(s[ROUNDS], planes, left);
  }

  private static void allRounds(int[] s, byte[] planes, int left, int right) {
    ByteVector l0 = at(planes, left);
    ByteVector l1 = at(planes, left + BLOCKS);
    ByteVector l2 = at(planes, left + 2 * BLOCKS);
    ByteVector l3 = at(planes, left + 3 * BLOCKS);
    ByteVector r0 = at(planes, right);
    ByteVector r1 = at(planes, right + BLOCKS);
    ByteVector r2 = at(planes, right + 2 * BLOCKS);
    ByteVector r3 = at(planes, right + 3 * BLOCKS);
    for (int i = 0; i < ROUNDS; i++) {
      int k = s[i];
      ByteVector p3 = box(r3, Tables.A3, Tables.B3, Tables.C3, Tables.D3);
      ByteVector p2 = box(r2, Tables.A2, Tables.B2, Tables.C2, Tables.D2);
      ByteVector p1 = box(r0, Tables.A0, Tables.B0, Tables.C0, Tables.D0);
      ByteVector p0 = box(r1, Tables.A1, Tables.B1, Tables.C1, Tables.D1);
      ByteVector n0 = mix(l0, k >>> 24, p3, p0);
      ByteVector n1 = mix(l1, k >>> 16, p2, p3);
      ByteVector n2 = mix(l2, k >>> 8, p1, p2);
      ByteVector n3 = mix(l3, k, p0, p1);
      l0 = r0;
      l1 = r1;
      l2 = r2;
      l3 = r3;
      r0 = n0;
      r1 = n1;
      r2 = n2;
      r3 = n3;
    }
    l0.intoArray(planes, left);
    l1.intoArray(planes, left + BLOCKS);
    l2.intoArray(planes, left + 2 * BLOCKS);
    l3.intoArray(planes, left + 3 * BLOCKS);
    r0.intoArray(planes, right);
    r1.intoArray(planes, right + BLOCKS);
    r2.intoArray(planes, right + 2 * BLOCKS);
    r3.intoArray(planes, right + 3 * BLOCKS);
  }

  /** The tables as constants to the compiler, which has less to look at then. */
  private static final class Tables {
    private static final ByteVector A0 = part(0, 0);
    private static final ByteVector B0 = part(0, 1);
    private static final ByteVector C0 = part(0, 2);
    private static final ByteVector D0 = part(0, 3);
    private static final ByteVector A1 = part(1, 0);
    private static final ByteVector B1 = part(1, 1);
    private static final ByteVector C1 = part(1, 2);
    private static final ByteVector D1 = part(1, 3);
    private static final ByteVector A2 = part(2, 0);
    private static final ByteVector B2 = part(2, 1);
    private static final ByteVector C2 = part(2, 2);
    private static final ByteVector D2 = part(2, 3);
    private static final ByteVector A3 = part(3, 0);
    private static final ByteVector B3 = part(3, 1);
    private static final ByteVector C3 = part(3, 2);
    private static final ByteVector D3 = part(3, 3);

    private static ByteVector part(int box, int quarter) {
      return at(Boxes.rotated(), box * Boxes.SIZE + quarter * BLOCKS);
    }
  }
}
