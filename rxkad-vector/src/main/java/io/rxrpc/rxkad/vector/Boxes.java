// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import org.jspecify.annotations.Nullable;

/**
 * The substitution boxes that core hands over, which must be here before {@link SlicedRounds} is
 * used: its tables are constants.
 */
final class Boxes {
  /** Octets of a box. */
  static final int SIZE = 256;

  private static volatile byte @Nullable [] tables;

  private Boxes() {}

  /** Takes them; later ones are the same. */
  static void take(byte[][] boxes) {
    byte[] all = new byte[boxes.length * SIZE];
    for (int i = 0; i < all.length; i++) {
      // The rotation of a whole word right by 5 is one by a byte, which costs nothing in planes,
      // and
      // one left by 3, of which each byte's part is done here.
      int b = boxes[i / SIZE][i % SIZE] & 0xff;
      all[i] = (byte) (b << 3 | b >>> 5);
    }
    tables = all;
  }

  /** The four boxes one behind the other, each octet rotated left by 3. */
  static byte[] rotated() {
    byte[] all = tables;
    if (all == null) {
      throw new IllegalStateException("no boxes yet");
    }
    return all;
  }
}
