// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.AckRepeat;
import org.junit.jupiter.api.Test;

/** When an ACK that may be lost goes again: rows of (time, event, expected), in milliseconds. */
class AckRepeatTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long MS = 1_000_000;

  private final AckRepeat again = new AckRepeat(10 * MS);

  private void expectAt(long ms) {
    assertThat(again.deadline()).isEqualTo(ms == NEVER ? NEVER : ms * MS);
  }

  @Test
  void onlyWhereMoreIsToComeOrMissing() {
    again.arrived(0, false, true);
    again.sent(0, false);
    expectAt(NEVER);
    again.arrived(0, true, true);
    again.sent(0, false);
    expectAt(10);
    again.arrived(5 * MS, false, true);
    expectAt(NEVER);
    again.sent(5 * MS, true);
    expectAt(15);
  }

  @Test
  void alsoWhereAnAckIsOwedAndCouldWait() {
    again.arrived(0, true, true);
    expectAt(10);
    again.arrived(2 * MS, true, true);
    expectAt(12);
    again.arrived(3 * MS, false, true);
    expectAt(NEVER);
    again.arrived(4 * MS, true, false);
    expectAt(NEVER);
  }

  @Test
  void eachTakesLonger() {
    again.arrived(0, true, true);
    again.sent(0, false);
    assertThat(again.due(10 * MS - 1)).isFalse();
    assertThat(again.due(10 * MS)).isTrue();
    assertThat(again.due(10 * MS)).isFalse();
    again.sent(10 * MS, false);
    expectAt(10 + 40);
    assertThat(again.due(50 * MS)).isTrue();
    again.sent(50 * MS, false);
    expectAt(50 + 160);
    assertThat(again.due(210 * MS)).isTrue();
    again.sent(210 * MS, false);
    expectAt(NEVER);
  }

  @Test
  void aSenderThatIsFarAwayIsGivenTwiceItsTime() {
    for (int i = 0; i < 5; i++) {
      again.arrived(i * 30L * MS, true, true);
      again.sent(i * 30L * MS, false);
    }
    expectAt(120 + 60);
  }

  @Test
  void aSenderThatPausesIsNotAskedForMore() {
    again.arrived(0, true, true);
    again.sent(0, false);
    again.arrived(300 * MS, true, true);
    again.sent(300 * MS, false);
    expectAt(NEVER);
    again.arrived(301 * MS, true, true);
    again.sent(301 * MS, false);
    expectAt(311); // it has gone on
  }

  @Test
  void strangersGetNoMoreThanTheySend() {
    again.arrived(0, true, false);
    again.sent(0, true);
    expectAt(NEVER);
  }

  @Test
  void neverWhereItIsTurnedOff() {
    AckRepeat off = new AckRepeat(0);
    off.arrived(0, true, true);
    assertThat(off.deadline()).isEqualTo(NEVER);
    off.sent(0, true);
    assertThat(off.deadline()).isEqualTo(NEVER);
  }
}
