// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.flip;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.SecurityLevel;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls of rxgk, each with one bit flipped anywhere in one of its datagrams: right data or a named
 * error. {@code ./build simulate --flips 100000} does as many as one likes.
 */
@Tag("long")
@Tag("R-58")
@Tag("R-66")
class RxgkFlipsTest {
  private static final int ROUNDS = 2_000;

  @Test
  void noAlteredOctetIsEverGivenToAnybody() {
    Map<String, Integer> outcomes =
        RxgkFlips.run(ROUNDS, 1, SecurityLevel.AUTH, SecurityLevel.ENCRYPT);
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
    assertThat(outcomes.keySet()).anyMatch(o -> o.contains("RXGK_SEALED"));
  }

  @Test
  void atClearThatBitAndNoOther() {
    Map<String, Integer> outcomes = RxgkFlips.run(ROUNDS / 4, 1, SecurityLevel.CLEAR);
    assertThat(outcomes.keySet()).anyMatch(o -> o.endsWith("that bit"));
  }
}
