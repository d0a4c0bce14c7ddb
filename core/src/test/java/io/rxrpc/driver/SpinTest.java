// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Looking for packets before sleeping: only as long as it finds some. */
class SpinTest {
  private static final long MOST = 50_000;

  private final Spin spin = new Spin(MOST);

  private int occasionsUntilNext() {
    int n = 1;
    while (!spin.begins()) {
      n++;
    }
    return n;
  }

  @Test
  void goesOnWhileItFindsPackets() {
    for (int i = 0; i < 1000; i++) {
      assertThat(spin.begins()).isTrue();
      spin.ended(true, MOST);
    }
  }

  @Test
  void inVainItIsTriedMoreAndMoreSeldom() {
    int[] occasions = new int[10];
    for (int i = 0; i < occasions.length; i++) {
      spin.ended(false, MOST);
      occasions[i] = occasionsUntilNext();
    }
    assertThat(occasions).containsExactly(2, 4, 8, 16, 32, 64, 128, 256, 256, 256);
  }

  @Test
  void oneSuccessMakesUpForAllFailures() {
    for (int i = 0; i < 20; i++) {
      spin.ended(false, MOST);
    }
    occasionsUntilNext();
    spin.ended(true, 10);
    assertThat(spin.begins()).isTrue();
    spin.ended(false, MOST);
    assertThat(occasionsUntilNext()).isEqualTo(2);
  }

  @Test
  void whatWasFoundLateIsNoSuccess() {
    spin.ended(true, MOST + 1);
    assertThat(spin.begins()).isFalse();
  }

  @Test
  void zeroIsNever() {
    assertThat(new Spin(0).begins()).isFalse();
  }
}
