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

  @Test
  void theOldestIsForgottenFirst() {
    for (int s = 1; s <= 5; s++) {
      probes.add(s, s, s);
    }
    assertThat(probes.answered(1, 10)).isEqualTo(-1);
    for (int s = 5; s > 1; s--) {
      assertThat(probes.answered(s, 10)).isEqualTo(10 - s);
    }
  }
}
