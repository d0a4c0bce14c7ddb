// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * Smoothed round-trip time and retransmission timeout of a peer (RFC 6298). Times in nanoseconds.
 */
public final class RttEstimator {
  private static final int GRANULARITY = 1_000_000;

  /** How long the least round trip is remembered: paths change. */
  private static final long MIN_LIFE = 60_000_000_000L;

  /** Of the timeout: before the first sample, the least and the most; for all peers alike. */
  public record Limits(long initial, long min, long max) {
    public static Limits of(Tunables tunables) {
      return new Limits(
          tunables.get(Tunable.RTO_INITIAL),
          tunables.get(Tunable.RTO_MIN),
          tunables.get(Tunable.RTO_MAX));
    }
  }

  private final Limits limits;
  private long srtt;
  private long variance;
  private long least;
  private long leastAt;
  private int samples;

  public RttEstimator(Limits limits) {
    this.limits = limits;
  }

  /** Takes the time from a serial's transmission to its acknowledgement. */
  public void sample(long rtt, long now) {
    samples = Math.min(samples, Integer.MAX_VALUE - 1) + 1;
    if (samples == 1 || rtt <= least || now - leastAt > MIN_LIFE) {
      least = rtt;
      leastAt = now;
    }
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
  public int samples() {
    return samples;
  }

  /** Smoothed round-trip time; 0 before the first sample. */
  public long smoothed() {
    return srtt;
  }

  /** How far round trips stray from it; 0 before the first sample. */
  public long variance() {
    return variance;
  }

  /** The least round trip of the last minute or so; 0 before the first sample. */
  public long least() {
    return least;
  }

  /** Retransmission timeout after {@code backoff} expiries in a row (RFC 6298 §2.3, §5.5). */
  public long timeout(int backoff) {
    long rto =
        samples == 0
            ? limits.initial
            : Math.max(limits.min, srtt + Math.max(GRANULARITY, 4 * variance));
    return Math.min(limits.max, rto << Math.min(backoff, 16));
  }

  /**
   * How long after the last transmission a tail-loss probe goes (RFC 8985 §7.2), without what the
   * peer may take to acknowledge.
   */
  public long probeTimeout() {
    return samples == 0 ? limits.initial : Math.max(2 * srtt, srtt + 4 * variance) + GRANULARITY;
  }
}
