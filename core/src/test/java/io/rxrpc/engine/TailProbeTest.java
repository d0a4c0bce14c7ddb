// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.TailProbe;
import io.rxrpc.wire.AckReason;
import org.junit.jupiter.api.Test;

/** RFC 8985 section 7.4: what the answer to a tail-loss probe says. */
class TailProbeTest {
  private final TailProbe probe = new TailProbe();

  @Test
  void anAnswerToARepeatedPacketMeansThatItWasMissing() {
    probe.want();
    assertThat(probe.wanted()).isTrue();
    probe.sent(50, true);
    assertThat(probe.wanted()).isFalse();
    assertThat(probe.answered(49, AckReason.REQUESTED, false)).as("an older one").isFalse();
    assertThat(probe.outstanding()).isTrue();
    assertThat(probe.answered(50, AckReason.REQUESTED, true)).isTrue();
    assertThat(probe.outstanding()).isFalse();
    assertThat(probe.answered(50, AckReason.REQUESTED, true)).as("once").isFalse();
  }

  @Test
  void aDuplicateWasNotMissing() {
    probe.sent(50, true);
    assertThat(probe.answered(50, AckReason.DUPLICATE, true)).isFalse();
    assertThat(probe.outstanding()).isFalse();
  }

  @Test
  void newDataRepairsNothing() {
    probe.sent(50, false);
    assertThat(probe.answered(50, AckReason.REQUESTED, true)).isFalse();
    assertThat(probe.outstanding()).isFalse();
  }

  @Test
  void laterAnswersEndItToo() {
    probe.sent(50, true);
    assertThat(probe.answered(52, AckReason.REQUESTED, false)).isFalse();
    assertThat(probe.outstanding()).isFalse();
    probe.sent(60, true);
    assertThat(probe.answered(0, AckReason.DELAY, true)).as("who was it?").isFalse();
    assertThat(probe.outstanding()).isFalse();
  }
}
