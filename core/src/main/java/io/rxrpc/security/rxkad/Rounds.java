// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.util.HexFormat;

/**
 * The rounds of fcrypt (rxkad.md 7). The substitution boxes, the permutation of their outputs and
 * the rotation are merged into one table for each byte of a round's input.
 */
final class Rounds {
  /** Rounds, and words of a key schedule. */
  static final int COUNT = 16;

  /** Index in the sums: what the left half carries at the end and has to lose. */
  static final int END = COUNT;

  /** Index in the sums: what the right half carries at the start. */
  static final int START = COUNT + 1;

  /** Words of the sums. */
  static final int SUMS = COUNT + 2;

  private static final String[] S0 = {
    "ea7fb2649db0d911cd8686910ab293060e06d26573c52860f220b5387eda9fe3",
    "d2cfc43c61ff4a4a35acaa5f2bbbbc534e9d78a3dc093210c66f66d6aba9affd",
    "3b95e8349a8172809cf3ecda9f2676153e554dde84eeadc7f16b3dd30449aa24",
    "0b8a83bafa85a0a8b1d401d87064f051d2c3a7758ca564ef104eb7c66103eb44",
    "3de5b35baed5ad1dfa5a1e33ab93a2b7e7a845a4cd296344b6697e2e6203c8e0",
    "17bbc7f33f36ba718e97656069b6f6e66ee08159e8afdd952299fd63197461b1",
    "b65bae54b370ffc63b3ec1d7e10e76e5364f59c7086e82a693c4aa2649e02164",
    "079f64819cbff9d143f8b6b9f1247503e4b099463df5d1397212f6ba0c0d422e"
  };
  private static final String[] S1 = {
    "7714a6feb25e8c3e676ca10dc2a2c1856c7b67c623e3f289509c03b773e6e139",
    "312c279fa56944d62383987d3cb42d991c1f8c20037c5fadf4fa95ca7644cdb6",
    "b8a1a1be9e548f0b1674318a231704fa7984b1f513abb52eaa0c606b5bc44bbc",
    "e2af4573fac949cd00927d977a18603dcf5bdec6e2e6bb8b06da08151b886a17",
    "89d0a9c1c9706be543f468c8d384280a5266a3caf2e37f7a31f788945e9c63d5",
    "2466fcb35725be8944c4e08f233c1252f51ef4cb18331ff869109dd3f728f830",
    "055e32c0d519bd458b5bfdbce25ca996ef70cfc22ab361ad804881b71d43d9d7",
    "45f0d88a597c57c179c734d643dfe4781606da927651e1d47003e02f96918280"
  };
  private static final String[] S2 = {
    "f03724532a038386d1ec50f042782f6dbf80872795e2c55df96fdbb4656ee724",
    "c81abb49b50a7db9e8dcb7d945201bce599d6bbd0e8fa3a9bc74a6f67f5fb168",
    "84bca9fd5550e9b6135e07b89502c0d06a1a85bdb6fdfe173f09a38dfbedda1d",
    "6d1c6c015ae5713e8b6bbe29eb121934cdb3bd35ea4bd5ae2a795aa532127bdc",
    "2cd0224bb1855980c0309f73d3144840072d8f800fce0b5eb75eac24944a1815",
    "05e80277a9c7404589d1eade0c792a996c3e95dd8c7dad6fdcfffd6247b3218a",
    "ec8e1918b46e3dfd74541e0485d8bc1f56e73a5667d6c8a5f38edeae3749b7fa",
    "c8f41fe02a9b15d1340eb5e044788459566877a51406f52f8c8a738076b41086"
  };
  private static final String[] S3 = {
    "a92a4851847e49e2b5b742337d5da61244486d28aa206d57d66b5d72f0925a1b",
    "538024709acca766a101a54197413182f114cf530da010cc2a7dd2bf4b1adb16",
    "47f65136edf3b91aa7df2943015470a4bfd40b5344609e23a118684ff02f82c2",
    "2a41b2420ced0c1d133a3c6e35dc606585e964029a3f9f8796dfbef2cbe56cd4",
    "5a83bf921b940042cf4b0075ba8f765f5d3a4d091208389517e4011d4ca9cc85",
    "824c9d2f3b66a13410cd5989a531cf05c884fac7ba4e8b1a19f1a13b181217b0",
    "988d0b23c33a2d20df13a0a84c0d6c2f471313521f2df5793da254bd69c86bf3",
    "0528f1164640b011d3b79549cfc31d8fd8e173dbadc8c9a9a1c2c5e3bafc0e25"
  };

  private static final int BOX = 256;

  // One array, so that a loop over several chains needs one register for it: parts by which byte of
  // the input goes through the box.
  private static final int[] BYTES = new int[4 * BOX];

  static {
    table(0, S0, 8); // where a box's output stands before the rotation
    table(1, S1, 0);
    table(2, S2, 16);
    table(3, S3, 24);
  }

  private static final int[] COPY = BYTES.clone();

  private Rounds() {}

  /**
   * The table for a loop of many rounds: one of two equal ones, by the parity of a number that
   * varies from call to call. A table that is a constant to the compiler is loaded anew, by ten
   * bytes of instruction, before nearly each of its uses when registers are short; one that is
   * either of two constants is kept in a register, and is still known to be long enough for every
   * index.
   */
  static int[] table(long varying) {
    return (Long.bitCount(varying) & 1) == 0 ? BYTES : COPY;
  }

  /** The 256 entries of a box as bytes. */
  static byte[] box(int number) {
    return parse(
        switch (number) {
          case 0 -> S0;
          case 1 -> S1;
          case 2 -> S2;
          case 3 -> S3;
          default -> throw new IllegalArgumentException("no box " + number);
        });
  }

  private static byte[] parse(String[] rows) {
    return HexFormat.of().parseHex(String.join("", rows)); // bytes, never text
  }

  private static void table(int part, String[] rows, int shift) {
    byte[] box = parse(rows);
    for (int i = 0; i < BOX; i++) {
      BYTES[part * BOX + i] = Integer.rotateRight(Byte.toUnsignedInt(box[i]) << shift, 5);
    }
  }

  /** Adds to one half what the round makes of the other; the key is in {@code x} already. */
  static int round(int[] table, int half, int x) {
    // rotated, not shifted: where the processor can rotate into another register, that saves a move
    return half
        ^ table[3 * BOX + (x & 0xff)]
        ^ table[x >>> 24]
        ^ table[BOX + (Integer.rotateRight(x, 16) & 0xff)]
        ^ table[2 * BOX + (Integer.rotateRight(x, 8) & 0xff)];
  }

  /**
   * All rounds over one block, its left half in the high 32 bits. The halves carry the key of the
   * round that reads them next, so that adding it costs no time of its own: {@code s} holds these
   * sums, as {@link FcryptKey} makes them.
   */
  static long crypt(int[] s, long block) {
    int l = (int) (block >>> 32);
    int r = (int) block ^ s[START];
    int i = 0;
    do {
      l = round(BYTES, l ^ s[i], r);
      r = round(BYTES, r ^ s[i + 1], l);
      i = next(i);
    } while (i != 0);
    return join(l ^ s[END], r);
  }

  /**
   * Steps through the rounds two by two, and back to 0. The compiler does not see a counted loop in
   * this and leaves it small; unrolled, the rounds of several chains are more code than a
   * processor's cache of decoded instructions holds, and take half as long again.
   */
  static int next(int i) {
    return (i + 2) & (COUNT - 1);
  }

  static long join(int left, int right) {
    return (long) left << 32 | (right & 0xffffffffL);
  }
}
