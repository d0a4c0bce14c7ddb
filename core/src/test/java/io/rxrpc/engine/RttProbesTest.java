package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RttProbesTest {
  private final RttProbes probes = new RttProbes();

  @Test
  @Tag("R-36")
  void aSerialGivesOneSample() {
    probes.add(7, 3, 100);
    assertThat(probes.answered(8, 150)).isEqualTo(-1);
    assertThat(probes.answered(7, 150)).isEqualTo(50);
    assertThat(probes.order()).isEqualTo(3);
    assertThat(probes.answered(7, 160)).isEqualTo(-1);
  }

  @Test
  @Tag("R-10")
  void serialZeroIsNone() {
    assertThat(probes.answered(0, 10)).isEqualTo(-1);
    probes.add(0, 1, 5);
    assertThat(probes.answered(0, 10)).isEqualTo(-1);
  }

  /** As where each answer releases packets that ask before the next answer is here. */
  @Test
  void whoeverWaitsForItsAnswerKeepsItsPlace() {
    for (int s = 1; s <= 50; s++) {
      probes.add(s, s, s);
    }
    for (int s = 1; s <= 4; s++) {
      assertThat(probes.answered(s, 100)).isEqualTo(100 - s);
    }
    assertThat(probes.answered(5, 100)).isEqualTo(-1);
    probes.add(51, 51, 101);
    assertThat(probes.answered(51, 110)).isEqualTo(9);
  }

  @Test
  void whoIsOvertakenLosesIt() {
    for (int s = 1; s <= 4; s++) {
      probes.add(s, s, s);
    }
    assertThat(probes.answered(3, 10)).isEqualTo(7);
    assertThat(probes.answered(1, 10)).isEqualTo(-1);
    assertThat(probes.answered(4, 10)).isEqualTo(6);
  }

  @Test
  void whoIsNotAnsweredLosesItInTheEnd() {
    for (int s = 1; s <= 4; s++) {
      probes.add(s, s, s);
    }
    probes.add(5, 5, 1_000_000_000L);
    probes.add(6, 6, 2_000_000_001L);
    assertThat(probes.answered(5, 2_000_000_005L)).isEqualTo(-1);
    assertThat(probes.answered(6, 2_000_000_005L)).isEqualTo(4);
  }

  @Test
  void aPingTakesThePlaceOfTheOldest() {
    for (int s = 1; s <= 4; s++) {
      probes.add(s, s, s);
    }
    probes.ping(5, 5, 5);
    assertThat(probes.answered(1, 10)).isEqualTo(-1);
    assertThat(probes.answered(5, 10)).isEqualTo(5);
  }
}
