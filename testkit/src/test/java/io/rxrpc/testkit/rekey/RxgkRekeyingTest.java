// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys of rxgk that move every 64 KiB in both directions while the network loses a tenth. */
@Tag("long")
class RxgkRekeyingTest {
  private static final int LIVES = 12;

  @Test
  void nothingIsLostAndNoKeyNumberRefused() {
    RxgkLives lives = RxgkLives.run(1, LIVES);
    assertThat(lives.failures).isEmpty();
    assertThat(lives.keys.get()).as("keys moved").isGreaterThan(10 * LIVES);
    assertThat(lives.oldKeys.get()).as("repeated with an older key").isPositive();
  }
}
