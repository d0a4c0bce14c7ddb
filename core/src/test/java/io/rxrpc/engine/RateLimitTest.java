// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.RateLimit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-23")
class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  private static int burst(RateLimit limit, long now) {
    int n = 0;
    while (n < 100_000 && limit.permits(now)) {
      n++;
    }
    return n;
  }

  @Test
  void permitsABurstAndThenTheRate() {
    RateLimit limit = new RateLimit(10, 0);
    assertThat(burst(limit, 0)).isEqualTo(10);
    assertThat(burst(limit, SECOND / 10 - 1)).isZero();
    assertThat(burst(limit, SECOND / 10)).isEqualTo(1);
    assertThat(burst(limit, SECOND / 10 * 6)).isEqualTo(5);
    assertThat(burst(limit, 100 * SECOND)).isEqualTo(10);
  }

  @Test
  void manySmallStepsLoseNothing() {
    RateLimit limit = new RateLimit(3, 0);
    burst(limit, 0);
    int n = 0;
    for (long now = 0; now <= 10 * SECOND; now += 1_000_003) {
      n += burst(limit, now);
    }
    assertThat(n).isBetween(29, 30);
  }

  @Test
  void aBurstMayBeLargerThanTheRate() {
    RateLimit limit = new RateLimit(1, 32, 0);
    assertThat(burst(limit, 0)).isEqualTo(32);
    assertThat(burst(limit, 5 * SECOND)).isEqualTo(5);
    assertThat(burst(limit, 1000 * SECOND)).isEqualTo(32);
    assertThat(burst(new RateLimit(1, 0, 0), 1000 * SECOND)).isZero();
  }

  @Test
  void zeroPermitsNothing() {
    assertThat(new RateLimit(0, 0).permits(SECOND)).isFalse();
  }

  @Test
  void theHighestRateDoesNotOverflow() {
    RateLimit limit = new RateLimit(10_000_000, Long.MIN_VALUE / 2);
    assertThat(burst(limit, Long.MIN_VALUE / 2)).isEqualTo(100_000);
    assertThat(burst(limit, 0)).isEqualTo(100_000);
  }

  @Test
  void aClockThatStandsStillOrGoesBackGivesNothing() {
    RateLimit limit = new RateLimit(5, 1000);
    assertThat(burst(limit, 1000)).isEqualTo(5);
    assertThat(burst(limit, 0)).isZero();
    assertThat(burst(limit, 1000)).isZero();
  }
}
