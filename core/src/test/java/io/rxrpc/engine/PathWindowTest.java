// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.NewReno;
import io.rxrpc.engine.policy.PathWindow;
import org.junit.jupiter.api.Test;

/** One congestion window for all calls to a peer; losses are told apart by times. */
class PathWindowTest {
  private final PathWindow path = new PathWindow(new NewReno(10, 255), 10);

  private void slowStartTo(int window) {
    while (path.window() < window) {
      path.inFlight = path.window();
      path.acked(Math.min(path.window(), window - path.window()), 1, path.window(), 2, 0);
    }
    path.inFlight = 0;
  }

  @Test
  void callsShareTheWindow() {
    slowStartTo(40);
    path.inFlight = 35;
    assertThat(path.allowance(20)).isEqualTo(5);
  }

  @Test
  void aNewCallHasAnInitialWindowUntilThePathHasLost() {
    path.inFlight = 80;
    assertThat(path.allowance(0)).isEqualTo(10);
    assertThat(path.allowance(7)).isEqualTo(3);
    path.lost(1, 1, 2);
    assertThat(path.allowance(0)).as("one packet in any case").isEqualTo(1);
    assertThat(path.allowance(1)).isNotPositive();
  }

  @Test
  void oneReductionForAWindowOfData() {
    slowStartTo(64);
    path.inFlight = 60;
    assertThat(path.lost(4, 100, 120)).isTrue();
    assertThat(path.window()).isEqualTo(32);
    assertThat(path.lost(3, 119, 125)).as("sent before the first was answered").isFalse();
    assertThat(path.window()).isEqualTo(32);
    path.acked(32, 120, 32, 130, 0);
    assertThat(path.window()).as("neither do they open it").isEqualTo(32);
    path.acked(32, 121, 32, 140, 0);
    assertThat(path.window()).isEqualTo(33);
    assertThat(path.lost(1, 121, 150)).isTrue();
    assertThat(path.window()).isEqualTo(16);
  }

  @Test
  void aWindowThatIsNotUsedDoesNotGrow() {
    path.acked(4, 1, 4, 2, 0);
    assertThat(path.window()).isEqualTo(10);
    path.acked(4, 1, 5, 2, 0);
    assertThat(path.window()).as("half of it, in slow start").isEqualTo(14);
  }

  @Test
  void aLossAtTheEndOfACallHalvesWhatTheCallHadUsed() {
    slowStartTo(64);
    path.inFlight = 0;
    path.lost(1, 100, 120);
    assertThat(path.window()).isEqualTo(20); // the window was used when it was 40
  }

  @Test
  void aTimeoutOfOneCallDoesNotStopTheOthers() {
    slowStartTo(64);
    path.acked(1, 200, 64, 210, 0);
    path.timedOut(5, 150, false, 400);
    assertThat(path.window()).as("packets sent after it were acked").isEqualTo(32);
    path.timedOut(5, 190, true, 500);
    assertThat(path.window()).as("the call is silent, not the path").isEqualTo(32);
    path.timedOut(5, 300, false, 600);
    assertThat(path.window()).isEqualTo(1);
  }

  @Test
  void whenNoneOfTheLossesWasOneTheWindowIsAsBefore() {
    slowStartTo(64);
    path.inFlight = 60;
    path.lost(3, 100, 120);
    path.lost(1, 110, 121);
    assertThat(path.spurious(3, 130)).isFalse();
    assertThat(path.window()).isEqualTo(31);
    assertThat(path.spurious(1, 131)).isTrue();
    assertThat(path.window()).isEqualTo(64);
    assertThat(path.spurious(1, 132)).isFalse();
  }

  @Test
  void afterSilenceTheWindowIsOld() {
    slowStartTo(64);
    path.sending(1_000, 500);
    path.sending(1_400, 500);
    assertThat(path.window()).isEqualTo(64);
    path.sending(2_000, 500);
    assertThat(path.window()).isEqualTo(32);
  }
}
