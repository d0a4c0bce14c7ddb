// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Who may be in a call, and who closes what. */
class CallGateTest {
  private final CallGate gate = new CallGate();

  @Test
  void oneReadsAndOneWritesAtATime() {
    gate.begin(CallGate.READING);
    gate.begin(CallGate.WRITING);
    assertThatThrownBy(() -> gate.begin(CallGate.READING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("another thread reads this call");
    assertThatThrownBy(() -> gate.begin(CallGate.WRITING))
        .hasMessage("another thread writes this call");
    assertThat(gate.end(CallGate.READING)).isFalse();
    gate.begin(CallGate.READING);
  }

  @Test
  void whoIsInsideWhenItIsClosedClosesItsPhase() {
    gate.begin(CallGate.READING);
    assertThat(gate.close()).isEqualTo(CallGate.READING);
    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.close()).as("a second time").isNegative();
    assertThatThrownBy(() -> gate.begin(CallGate.WRITING)).hasMessage("the call is closed");
    assertThat(gate.end(CallGate.READING)).isTrue();
  }

  @Test
  void aWriterClosesIfNobodyReads() {
    gate.begin(CallGate.WRITING);
    gate.begin(CallGate.READING);
    assertThatThrownBy(gate::closeByWriter).hasMessage("another thread reads this call");
    assertThat(gate.isClosed()).isFalse();
    assertThat(gate.end(CallGate.READING)).isFalse();
    gate.begin(CallGate.WRITING);
    assertThat(gate.closeByWriter()).isTrue();
    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.close()).isNegative();
  }

  @Test
  void aWriterOfAClosedCallClosesItsPhase() {
    gate.begin(CallGate.WRITING);
    assertThat(gate.close()).isEqualTo(CallGate.WRITING);
    assertThat(gate.closeByWriter()).isFalse();
    assertThat(gate.end(CallGate.WRITING)).as("it closes its phase").isTrue();
    assertThatThrownBy(() -> gate.begin(CallGate.WRITING)).hasMessage("the call is closed");
  }
}
