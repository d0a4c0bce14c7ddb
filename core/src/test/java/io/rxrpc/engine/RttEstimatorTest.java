// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.tuning.Tunables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6298 section 2, with times in microseconds. */
class RttEstimatorTest {
  private static final long US = 1_000;

  private final RttEstimator rtt = new RttEstimator(RttEstimator.Limits.of(Tunables.defaults()));

  @Test
  void startsWithTheInitialTimeout() {
    assertThat(rtt.samples()).isZero();
    assertThat(rtt.smoothed()).isZero();
    assertThat(rtt.timeout(0)).isEqualTo(1_000_000 * US);
  }

  @Test
  void followsRfc6298() {
    long[][] rows = {
      // sample, SRTT = 7/8 SRTT + 1/8 R, RTO = SRTT + 4 * (3/4 VAR + 1/4 |SRTT - R|)
      {100_000, 100_000, 300_000},
      {140_000, 105_000, 295_000},
      {105_000, 105_000, 247_500},
      {65_000, 100_000, 246_875},
      {900_000, 200_000, 1_110_156},
    };
    for (long[] row : rows) {
      rtt.sample(row[0] * US, 0);
      assertThat(rtt.smoothed() / US).as("SRTT after %d", row[0]).isEqualTo(row[1]);
      assertThat(rtt.timeout(0) / US).as("RTO after %d", row[0]).isEqualTo(row[2]);
    }
    assertThat(rtt.samples()).isEqualTo(rows.length);
  }

  @ParameterizedTest(name = "rtt {0} us, {1} expiries: {2} us")
  @CsvSource({
    "0, 0, 200000", // the least timeout
    "300, 0, 200000",
    "300, 1, 400000",
    "300, 5, 6400000",
    "300, 6, 10000000", // the largest
    "300, 1000, 10000000",
    "20000000, 0, 10000000",
    "20000000, 64, 10000000",
  })
  void isBoundedAndBacksOff(long sample, int backoff, long timeout) {
    rtt.sample(sample * US, 0);
    assertThat(rtt.timeout(backoff)).isEqualTo(timeout * US);
  }

  @Test
  void constantSamplesConvergeAboveTheSample() {
    for (int i = 0; i < 1000; i++) {
      rtt.sample(500_000 * US, 0);
    }
    assertThat(rtt.smoothed()).isEqualTo(500_000 * US);
    // RFC 6298 section 2.4: the variance's part is never less than the clock's granularity
    assertThat(rtt.timeout(0)).isBetween(501_000 * US, 502_000 * US);
  }

  @Test
  void theLeastRoundTripIsForgottenInTime() {
    long[][] rows = {
      // at second, sample, least
      {0, 500, 500}, {1, 300, 300}, {30, 900, 300}, {62, 900, 900}, {63, 400, 400},
    };
    for (long[] row : rows) {
      rtt.sample(row[1] * US, row[0] * 1_000_000 * US);
      assertThat(rtt.least() / US).as("at %d s", row[0]).isEqualTo(row[2]);
    }
  }

  @ParameterizedTest(name = "rtt {0} us: {1} us")
  @CsvSource({"0, 1000", "300, 1900", "20000, 61000"})
  void aProbeGoesAfterTwoRoundTripsOrWhatTheVarianceSays(long sample, long timeout) {
    assertThat(rtt.probeTimeout()).isEqualTo(1_000_000 * US); // RFC 8985 section 7.2: one second
    rtt.sample(sample * US, 0);
    assertThat(rtt.probeTimeout()).isEqualTo(timeout * US);
    for (int i = 0; i < 100; i++) {
      rtt.sample(sample * US, 0);
    }
    assertThat(rtt.probeTimeout() / US).isBetween(2 * sample + 1000, 2 * sample + 1010);
  }
}
