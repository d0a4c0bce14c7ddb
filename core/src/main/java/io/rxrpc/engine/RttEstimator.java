package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * Smoothed round-trip time and retransmission timeout of a peer (RFC 6298). Times in nanoseconds.
 */
final class RttEstimator {
  private static final int GRANULARITY = 1_000_000;

  private final long initial;
  private final long min;
  private final long max;
  private long srtt;
  private long variance;
  private int samples;

  RttEstimator(Tunables tunables) {
    initial = tunables.get(Tunable.RTO_INITIAL);
    min = tunables.get(Tunable.RTO_MIN);
    max = tunables.get(Tunable.RTO_MAX);
  }

  /** Takes the time from a serial's transmission to its acknowledgement. */
  void sample(long rtt) {
    samples = Math.min(samples, Integer.MAX_VALUE - 1) + 1;
    if (samples == 1) {
      srtt = rtt;
      variance = rtt / 2;
      return;
    }
    // RFC 6298 §2.3: alpha = 1/8, beta = 1/4
    variance += (Math.abs(srtt - rtt) - variance) / 4;
    srtt += (rtt - srtt) / 8;
  }

  /** Samples so far, at most {@link Integer#MAX_VALUE}. */
  int samples() {
    return samples;
  }

  /** Smoothed round-trip time; 0 before the first sample. */
  long smoothed() {
    return srtt;
  }

  /** Retransmission timeout after {@code backoff} expiries in a row (RFC 6298 §2.3, §5.5). */
  long timeout(int backoff) {
    long rto = samples == 0 ? initial : Math.max(min, srtt + Math.max(GRANULARITY, 4 * variance));
    return Math.min(max, rto << Math.min(backoff, 16));
  }
}
