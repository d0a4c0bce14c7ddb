// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxkad.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rounds in vectors do what the page says, block by block, whatever the processor. */
class SlicedRoundsTest {
  private static final int SUMS = 18;

  private final Random random = new Random(4);
  private final byte[] rotated;
  private final int[] sums = new int[SUMS];
  private final long[] blocks = new long[SlicedRounds.BLOCKS];

  SlicedRoundsTest() {
    VectorSealingTest.connect(); // the first connection that encrypts brings the boxes
    rotated = Boxes.rotated();
    for (int i = 0; i < SUMS; i++) {
      sums[i] = random.nextInt();
    }
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = random.nextLong();
    }
  }

  @Test
  void everyBlockIsEncryptedByItself() {
    long[] wanted = new long[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      wanted[i] = Long.reverseBytes(crypt(Long.reverseBytes(blocks[i])));
    }
    SlicedRounds.crypt(sums, blocks, new byte[SlicedRounds.PLANES], false);
    assertThat(blocks).isEqualTo(wanted);
  }

  @Test
  void halvesExchangedAreEncryptedExchanged() {
    long[] wanted = new long[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      long exchanged = Long.rotateLeft(Long.reverseBytes(blocks[i]), 32);
      wanted[i] = Long.reverseBytes(Long.rotateLeft(crypt(exchanged), 32));
    }
    SlicedRounds.crypt(sums, blocks, new byte[SlicedRounds.PLANES], true);
    assertThat(blocks).isEqualTo(wanted);
  }

  /** One block, the first octet highest, by the words of rxkad.md 7. */
  private long crypt(long block) {
    int left = (int) (block >>> 32);
    int right = (int) block ^ sums[17];
    for (int i = 0; i < 16; i += 2) {
      left ^= sums[i] ^ function(right);
      right ^= sums[i + 1] ^ function(left);
    }
    return (long) (left ^ sums[16]) << 32 | (right & 0xffffffffL);
  }

  private int function(int x) {
    int word = box(3, x) << 24 | box(2, x >>> 8) << 16 | box(0, x >>> 24) << 8 | box(1, x >>> 16);
    return Integer.rotateRight(word, 5);
  }

  private int box(int number, int at) {
    int b = rotated[number * Boxes.SIZE + (at & 0xff)] & 0xff;
    return (b >>> 3 | b << 5) & 0xff;
  }
}
