// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MD4 (RFC 1320), which des-cbc-md4 needs and the JDK keeps to itself. */
final class Md4 {
  private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[][] ORDER = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
    {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
  };
  private static final int[] CONSTANT = {0, 0x5a827999, 0x6ed9eba1};

  private Md4() {}

  static byte[] digest(byte[] data) {
    ByteBuffer in =
        ByteBuffer.allocate((data.length + 8 & -64) + 64).order(ByteOrder.LITTLE_ENDIAN);
    in.put(data).put((byte) 0x80);
    in.putLong(in.capacity() - 8, 8L * data.length);
    int[] h = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (int at = 0; at < in.capacity(); at += 64) {
      block(h, in, at);
    }
    ByteBuffer out = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : h) {
      out.putInt(word);
    }
    return out.array();
  }

  private static void block(int[] h, ByteBuffer in, int at) {
    int a = h[0];
    int b = h[1];
    int c = h[2];
    int d = h[3];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 16; i++) {
        int mixed =
            switch (round) {
              case 0 -> (b & c) | (~b & d);
              case 1 -> (b & c) | (b & d) | (c & d);
              default -> b ^ c ^ d;
            };
        int sum = a + mixed + in.getInt(at + 4 * ORDER[round][i]) + CONSTANT[round];
        a = d;
        d = c;
        c = b;
        b = Integer.rotateLeft(sum, SHIFTS[round][i & 3]);
      }
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
  }
}
