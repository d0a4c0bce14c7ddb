// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.Pacer;
import org.junit.jupiter.api.Test;

/** A window of 100 packets and a round trip of 80 ms: a packet each 640 us, as 80/100 * 4/5. */
class PacerTest {
  private static final long MS = 1_000_000;
  private static final long RTT = 80 * MS;

  private final Pacer pacer = new Pacer(32);
  private long now = 1_000_000 * MS;

  private int allowance() {
    return pacer.allowance(now, 100, false, RTT);
  }

  private void send(int packets) {
    pacer.sent(now, packets, 100, false, RTT);
  }

  @Test
  void aBurstGoesAtOnceAndThenTheRate() {
    assertThat(allowance()).isEqualTo(32);
    send(32);
    assertThat(allowance()).isZero();
    // the timer steps are a millisecond: 1000 / 640 packets
    assertThat(pacer.releaseAt()).isEqualTo(now + MS);
    now = pacer.releaseAt();
    assertThat(allowance()).isEqualTo(1);
    send(1);
    int sent = 0;
    long end = now + 80 * MS;
    while (now < end) {
      int n = allowance();
      if (n == 0) {
        now = pacer.releaseAt();
      } else {
        send(n);
        sent += n;
      }
    }
    assertThat(sent).as("125 in a round trip").isBetween(123, 127);
  }

  @Test
  void singlePacketsBelowTheRateAreNotHeldUp() {
    for (int i = 0; i < 1000; i++) {
      assertThat(allowance()).isPositive();
      send(1);
      now += 700_000;
    }
  }

  @Test
  void slowStartIsPacedAtTwiceTheRate() {
    pacer.allowance(now, 100, true, RTT);
    pacer.sent(now, 32, 100, true, RTT);
    now += 40 * MS;
    assertThat(pacer.allowance(now, 1000, true, RTT)).isEqualTo(32);
  }

  @Test
  void shortRoundTripsAndNoBurstAreNotPaced() {
    assertThat(pacer.allowance(now, 1, false, MS)).isEqualTo(Integer.MAX_VALUE);
    assertThat(new Pacer(0).allowance(now, 1, false, RTT)).isEqualTo(Integer.MAX_VALUE);
    assertThat(pacer.releaseAt()).isEqualTo(Long.MAX_VALUE);
  }
}
