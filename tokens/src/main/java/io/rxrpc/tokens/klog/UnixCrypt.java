// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.util.Arrays;

/**
 * The DES-based {@code crypt} of Unix: DES (FIPS 46-3) whose expansion a salt has changed, 25 times
 * over a block of zeros. The JDK's DES cannot be changed so. One bit for each byte of an array: it
 * is used once for a login, and can be read beside the standard.
 */
final class UnixCrypt {
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int TIMES = 25;
  private static final int ROUNDS = 16;

  // All tables count bits from 1, as the standard does.
  private static final int[] PC1 = {
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60,
    52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29,
    21, 13, 5, 28, 20, 12, 4
  };
  private static final int[] PC2 = {
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52,
    31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32
  };
  private static final int[] SHIFTS = {1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};
  private static final int[] P = {
    16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13,
    30, 6, 22, 11, 4, 25
  };

  /** S-boxes, a hexadecimal digit for each value, four rows of 16. */
  private static final String[] S = {
    "e4d12fb83a6c5907" + "0f74e2d1a6cb9538" + "41e8d62bfc973a50" + "fc8249175b3ea06d",
    "f18e6b34972dc05a" + "3d47f28ec01a69b5" + "0e7ba4d158c6932f" + "d8a13f42b67c05e9",
    "a09e63f51dc7b428" + "d709346a285ecbf1" + "d6498f30b12c5ae7" + "1ad069874fe3b52c",
    "7de3069a1285bc4f" + "d8b56f03472c1ae9" + "a690cb7df13e5284" + "3f06a1d8945bc72e",
    "2c417ab6853fd0e9" + "eb2c47d150fa3986" + "421bad78f9c5630e" + "b8c71e2d6f09a453",
    "c1af92680d34e75b" + "af427c9561de0b38" + "9ef528c3704a1db6" + "432c95fabe17608d",
    "4b2ef08d3c975a61" + "d0b7491ae35c2f86" + "14bdc37eaf680592" + "6bd814a7950fe23c",
    "d2846fb1a93e50c7" + "1fd8a374c56b0e92" + "7b419ce206adf358" + "21e74a8dfc90356b"
  };

  private UnixCrypt() {}

  /**
   * The eleven characters behind the salt.
   *
   * @param password 8 bytes, of which the low 7 bits count
   * @param salt two characters of the alphabet
   */
  static byte[] crypt(byte[] password, String salt) {
    byte[] key = new byte[64];
    for (int i = 0; i < 64; i++) {
      // each byte moves up one bit; the bit of parity is empty
      key[i] = (byte) (i % 8 == 7 ? 0 : password[i / 8] >>> (6 - i % 8) & 1);
    }
    byte[][] keys = schedule(key);
    int swaps = ALPHABET.indexOf(salt.charAt(0)) | ALPHABET.indexOf(salt.charAt(1)) << 6;
    byte[] block = new byte[64];
    for (int i = 0; i < TIMES; i++) {
      encrypt(block, keys, swaps);
    }
    byte[] text = text(finalPermutation(block));
    Arrays.fill(key, (byte) 0);
    Arrays.fill(block, (byte) 0);
    for (byte[] k : keys) {
      Arrays.fill(k, (byte) 0);
    }
    return text;
  }

  private static byte[][] schedule(byte[] key) {
    byte[] cd = select(key, PC1);
    byte[][] keys = new byte[ROUNDS][];
    for (int round = 0; round < ROUNDS; round++) {
      for (int shift = 0; shift < SHIFTS[round]; shift++) {
        rotate(cd, 0);
        rotate(cd, 28);
      }
      keys[round] = select(cd, PC2);
    }
    Arrays.fill(cd, (byte) 0);
    return keys;
  }

  private static void rotate(byte[] bits, int from) {
    byte first = bits[from];
    System.arraycopy(bits, from + 1, bits, from, 27);
    bits[from + 27] = first;
  }

  private static byte[] select(byte[] bits, int[] table) {
    byte[] out = new byte[table.length];
    for (int i = 0; i < table.length; i++) {
      out[i] = bits[table[i] - 1];
    }
    return out;
  }

  /** The rounds alone: between two encryptions the initial and final permutation cancel out. */
  private static void encrypt(byte[] block, byte[][] keys, int swaps) {
    byte[] left = Arrays.copyOf(block, 32);
    byte[] right = Arrays.copyOfRange(block, 32, 64);
    for (byte[] key : keys) {
      byte[] f = f(right, key, swaps);
      for (int i = 0; i < 32; i++) {
        f[i] ^= left[i];
      }
      left = right;
      right = f;
    }
    System.arraycopy(right, 0, block, 0, 32); // the last round does not swap
    System.arraycopy(left, 0, block, 32, 32);
  }

  private static byte[] f(byte[] right, byte[] key, int swaps) {
    byte[] e = new byte[48];
    for (int i = 0; i < 48; i++) {
      e[i] = right[(i / 6 * 4 + i % 6 + 31) % 32];
    }
    for (int i = 0; i < 24; i++) {
      if ((swaps >>> i & 1) != 0) { // what the salt does
        byte b = e[i];
        e[i] = e[i + 24];
        e[i + 24] = b;
      }
    }
    byte[] out = new byte[32];
    for (int box = 0; box < 8; box++) {
      int at = box * 6;
      int six = 0;
      for (int i = 0; i < 6; i++) {
        six = six << 1 | (e[at + i] ^ key[at + i]);
      }
      int row = (six >>> 4 & 2) | (six & 1);
      int value = Character.digit(S[box].charAt(row * 16 + (six >>> 1 & 15)), 16);
      for (int i = 0; i < 4; i++) {
        out[box * 4 + i] = (byte) (value >>> (3 - i) & 1);
      }
    }
    return select(out, P);
  }

  private static byte[] finalPermutation(byte[] block) {
    byte[] out = new byte[64];
    for (int i = 0; i < 64; i++) {
      // 40 8 48 16 ... 64 32, 39 7 47 15 ...: of each byte's bit, the columns crossed over
      int column = 7 - i / 8;
      int row = i % 8 / 2 + (i % 2 == 0 ? 4 : 0);
      out[i] = block[row * 8 + column];
    }
    return out;
  }

  private static byte[] text(byte[] bits) {
    byte[] text = new byte[11];
    for (int i = 0; i < text.length; i++) {
      int six = 0;
      for (int bit = 0; bit < 6; bit++) {
        int at = i * 6 + bit;
        six = six << 1 | (at < 64 ? bits[at] : 0);
      }
      text[i] = (byte) ALPHABET.charAt(six);
    }
    return text;
  }
}
