// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.RttSamples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RttSamplesTest {
  private final RttSamples samples = new RttSamples();

  @Test
  @Tag("R-36")
  void aSerialGivesOneSample() {
    samples.add(7, 3, 100);
    assertThat(samples.answered(8, 150)).isEqualTo(-1);
    assertThat(samples.answered(7, 150)).isEqualTo(50);
    assertThat(samples.order()).isEqualTo(3);
    assertThat(samples.answered(7, 160)).isEqualTo(-1);
  }

  @Test
  @Tag("R-10")
  void serialZeroIsNone() {
    assertThat(samples.answered(0, 10)).isEqualTo(-1);
    samples.add(0, 1, 5);
    assertThat(samples.answered(0, 10)).isEqualTo(-1);
  }

  /** As where each answer releases packets that ask before the next answer is here. */
  @Test
  void whoeverWaitsForItsAnswerKeepsItsPlace() {
    for (int s = 1; s <= 50; s++) {
      samples.add(s, s, s);
    }
    for (int s = 1; s <= 4; s++) {
      assertThat(samples.answered(s, 100)).isEqualTo(100 - s);
    }
    assertThat(samples.answered(5, 100)).isEqualTo(-1);
    samples.add(51, 51, 101);
    assertThat(samples.answered(51, 110)).isEqualTo(9);
  }

  @Test
  void whoIsOvertakenLosesIt() {
    for (int s = 1; s <= 4; s++) {
      samples.add(s, s, s);
    }
    assertThat(samples.answered(3, 10)).isEqualTo(7);
    assertThat(samples.answered(1, 10)).isEqualTo(-1);
    assertThat(samples.answered(4, 10)).isEqualTo(6);
  }

  @Test
  void whoIsNotAnsweredLosesItInTheEnd() {
    for (int s = 1; s <= 4; s++) {
      samples.add(s, s, s);
    }
    samples.add(5, 5, 1_000_000_000L);
    samples.add(6, 6, 2_000_000_001L);
    assertThat(samples.answered(5, 2_000_000_005L)).isEqualTo(-1);
    assertThat(samples.answered(6, 2_000_000_005L)).isEqualTo(4);
  }

  @Test
  void aPingTakesThePlaceOfTheOldest() {
    for (int s = 1; s <= 4; s++) {
      samples.add(s, s, s);
    }
    samples.ping(5, 5, 5);
    assertThat(samples.answered(1, 10)).isEqualTo(-1);
    assertThat(samples.answered(5, 10)).isEqualTo(5);
  }
}
