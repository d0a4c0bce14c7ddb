// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.Rack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 8985 section 6.2: the reordering window, and what a delivery proves. Times in ms. */
class RackTest {
  private final Rack rack = new Rack(3);

  @Test
  void onlyWhatWasSentEarlierIsOvertaken() {
    assertThat(rack.overtaken(0)).as("nothing has arrived").isFalse();
    rack.delivered(5, 100, 140);
    assertThat(rack.overtaken(4)).isTrue();
    assertThat(rack.overtaken(5)).isFalse();
    assertThat(rack.overtaken(6)).isFalse();
    assertThat(rack.rtt()).isEqualTo(40);
    rack.delivered(3, 90, 150);
    assertThat(rack.rtt()).as("an earlier one says nothing new").isEqualTo(40);
  }

  @Test
  @Tag("R-9")
  void ordersAreModular() {
    rack.delivered(Integer.MAX_VALUE, 0, 1);
    rack.delivered(Integer.MIN_VALUE + 3, 1, 2);
    assertThat(rack.overtaken(Integer.MAX_VALUE - 2)).isTrue();
    assertThat(rack.overtaken(Integer.MIN_VALUE + 4)).isFalse();
  }

  @Test
  void withoutReorderingThreeAcksBehindAHoleAreEnough() {
    assertThat(rack.window(40, 50, false, 2)).isEqualTo(10);
    assertThat(rack.window(40, 50, false, 3)).isZero();
    assertThat(rack.window(40, 50, true, 0)).isZero();
  }

  @Test
  void reorderingMakesPatientWhateverIsAcked() {
    rack.reordered();
    assertThat(rack.window(40, 50, false, 100)).isEqualTo(10);
    assertThat(rack.window(40, 50, true, 0)).isEqualTo(10);
  }

  @Test
  void aRepeatForNothingWidensOnceARoundUpToTheRoundTrip() {
    rack.repeatedForNothing(10);
    assertThat(rack.window(40, 500, true, 9)).isEqualTo(20);
    rack.repeatedForNothing(11);
    assertThat(rack.window(40, 500, true, 9)).as("the same round").isEqualTo(20);
    rack.delivered(10, 0, 1);
    rack.repeatedForNothing(20);
    assertThat(rack.window(40, 500, true, 9)).isEqualTo(30);
    for (int round = 3; round < 100; round++) {
      rack.delivered(round * 10, 0, 1);
      rack.repeatedForNothing(round * 10);
    }
    assertThat(rack.window(40, 500, true, 9)).isEqualTo(500);
  }

  @Test
  void theWindowStaysWideForSixteenRecoveries() {
    rack.repeatedForNothing(10);
    for (int i = 0; i < 15; i++) {
      rack.recovered();
    }
    assertThat(rack.window(40, 500, false, 0)).isEqualTo(20);
    rack.recovered();
    assertThat(rack.window(40, 500, false, 0)).isEqualTo(10);
  }
}
