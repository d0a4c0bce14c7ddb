// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.BufferGuard;
import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be in flight to a near peer, by how much longer a round trip takes than it must. */
class BufferGuardTest {
  private static final long US = 1_000;
  private static final long MS = 1_000_000;

  private final BufferGuard guard = new BufferGuard();

  @ParameterizedTest
  @CsvSource({
    // smoothed and least round trip in us, packets: 40 of them may wait
    "200, 100, 80",
    "1000, 10, 40",
    "400, 300, 160",
    "100, 100, 2147483647",
    "2000, 100, 2147483647",
    "50000, 20000, 2147483647"
  })
  void ofNarrowWindowsFortyPacketsMayWait(long smoothed, long least, int packets) {
    guard.measured(true, smoothed * US, least * US, 1440);
    assertThat(guard.limit()).isEqualTo(packets);
    assertThat(guard.limits()).isEqualTo(packets < Integer.MAX_VALUE);
  }

  @Test
  void ofLargePacketsTwoMebibytesMayWait() {
    guard.measured(false, 1000 * US, 500 * US, 16_384);
    assertThat(guard.limit()).isEqualTo(256);
  }

  @Test
  void ordinaryPacketsForWideWindowsAreNotHeldBack() {
    guard.measured(false, 1000 * US, 10 * US, 1440);
    assertThat(guard.limits()).isFalse();
  }

  @Test
  void allCallsToAnOpenAfsShareWhatItsBufferHolds() {
    PathWindow path =
        PathWindow.of(Tunables.defaults().with(Tunable.INITIAL_CWND, 100), Joining.NARROW);
    assertThat(path.allowance()).isEqualTo(100);
    path.widest(32);
    path.measured(MS, 0, 1440);
    assertThat(path.allowance()).isEqualTo(40);
    path.inFlight = 39;
    assertThat(path.allowance(20)).isEqualTo(1);
    assertThat(path.allowance(0)).isEqualTo(1);
    path.inFlight = 60;
    assertThat(path.allowance(0)).as("one packet of a call may always go").isEqualTo(1);
    assertThat(path.allowance(1)).isZero();
    path.widest(255);
    path.measured(MS, 0, 1440);
    assertThat(path.allowance()).isEqualTo(40);
  }

  @Test
  void whatIsInFlightStaysAsItIsInBytesWhenPacketsBecomeLarger() {
    PathWindow path =
        PathWindow.of(Tunables.defaults().with(Tunable.INITIAL_CWND, 10), Joining.NEVER);
    for (int i = 0; i < 90; i++) {
      path.acked(1, i, 1000, i, 0);
    }
    assertThat(path.window()).isEqualTo(100);
    path.resized(1440, 2880);
    assertThat(path.window()).isEqualTo(50);
    path.resized(1440, 14_400);
    assertThat(path.window()).as("as a new path has").isEqualTo(10);
    path.resized(14_400, 1440);
    assertThat(path.window()).isEqualTo(10);
  }
}
