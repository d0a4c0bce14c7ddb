// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.Cubic;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** RFC 9438: the curve, the Reno-friendly region, fast convergence. */
class CubicTest {
  private static final long MS = 1_000_000;
  private static final long RTT = 100 * MS;

  private long now = 5_000 * MS;

  /** Round trips in which all of the window is acked, one packet at a time. */
  private void rounds(Cubic c, int n) {
    for (int i = 0; i < n; i++) {
      int window = c.window();
      for (int k = 0; k < window; k++) {
        now += RTT / window;
        c.acked(1, now, RTT);
      }
    }
  }

  @Test
  void slowStartDoublesAndALossTakesThreeTenths() {
    Cubic c = new Cubic(10, 1000);
    c.acked(10, now, RTT);
    assertThat(c.window()).isEqualTo(20);
    assertThat(c.slowStart()).isTrue();
    c.acked(80, now, RTT);
    assertThat(c.window()).isEqualTo(100);
    c.lost(100, now);
    assertThat(c.window()).isEqualTo(70);
    assertThat(c.slowStart()).isFalse();
  }

  @Test
  void growsBackToWhereTheLossWasAndBeyond() {
    Cubic c = new Cubic(400, 10_000);
    c.lost(400, now);
    assertThat(c.window()).isEqualTo(280);
    // K = cbrt(0.3 * 400 / 0.4) = 6.7 s: 67 round trips
    rounds(c, 33);
    assertThat(c.window()).as("half way: mostly done").isBetween(370, 395);
    rounds(c, 34);
    assertThat(c.window()).isCloseTo(400, Offset.offset(5));
    rounds(c, 67);
    assertThat(c.window()).as("as far beyond as it was below").isBetween(480, 540);
  }

  @Test
  void isNeverSlowerThanReno() {
    Cubic c = new Cubic(20, 1000);
    c.lost(20, now);
    assertThat(c.window()).isEqualTo(14);
    // K = 2.47 s = 25 round trips; Reno with beta 0.7 and alpha 0.53 is back at 20 in 12
    rounds(c, 12);
    assertThat(c.window()).isBetween(19, 21);
  }

  @Test
  void aSecondLossBelowTheFirstMakesRoom() {
    Cubic c = new Cubic(100, 1000);
    c.lost(100, now);
    c.lost(70, now + MS);
    assertThat(c.window()).isEqualTo(49);
    // fast convergence: aims at 0.85 * 70 and not at 70
    rounds(c, 16);
    assertThat(c.window()).isBetween(55, 60);
  }

  @Test
  void aLossThatWasNoneIsTakenBack() {
    Cubic c = new Cubic(100, 1000);
    c.lost(100, now);
    c.undo(now);
    assertThat(c.window()).isEqualTo(100);
    c.timedOut(100, now);
    assertThat(c.window()).isEqualTo(1);
    c.timedOut(1, now);
    c.undo(now);
    assertThat(c.window()).isEqualTo(100);
  }

  @Test
  void timeoutAndIdle() {
    Cubic c = new Cubic(100, 1000);
    c.timedOut(100, now);
    c.acked(1, now, RTT);
    c.acked(2, now, RTT);
    assertThat(c.window()).isEqualTo(4);
    c.acked(1000, now, RTT);
    assertThat(c.window()).isEqualTo(70);
    c.idle(10);
    assertThat(c.window()).isEqualTo(35);
  }
}
