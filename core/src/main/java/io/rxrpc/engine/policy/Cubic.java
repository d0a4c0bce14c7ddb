// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/**
 * CUBIC in packets (RFC 9438): the window grows by the time since the last loss, not by round
 * trips, first back to where the loss was and then on beyond it.
 */
public final class Cubic implements CongestionControl {
  private static final double C = 0.4;
  private static final double BETA = 0.7;

  /** Makes the Reno-friendly estimate as fast as Reno in spite of the gentler decrease (§4.3). */
  private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);

  private static final double SECOND = 1e9;

  private final int max;
  private double window;
  private double threshold;
  private double windowMax;
  private double estimate;
  private double k;
  private long epoch;
  private boolean inEpoch;

  private double windowBefore;
  private double thresholdBefore;
  private double windowMaxBefore;

  public Cubic(int initial, int max) {
    this.max = max;
    window = Math.min(initial, max);
    threshold = max;
    remember();
  }

  @Override
  public int window() {
    return (int) window;
  }

  @Override
  public void acked(int packets, long now, long rtt) {
    if (window < threshold) {
      window = Math.min(Math.min(window + packets, threshold), max);
      return;
    }
    if (!inEpoch) {
      inEpoch = true;
      epoch = now;
      estimate = window;
      if (window >= windowMax) {
        windowMax = window;
        k = 0;
      } else {
        k = Math.cbrt((windowMax - window) / C); // §4.2
      }
    }
    double t = (now - epoch + rtt) / SECOND;
    double target = Math.clamp(C * Math.pow(t - k, 3) + windowMax, window, 1.5 * window);
    // §4.3: beyond the old maximum as fast as Reno
    estimate += (estimate >= windowMax ? 1 : ALPHA) * packets / window;
    double next = window + (target - window) / window * packets;
    window = Math.min(Math.max(next, estimate), max);
  }

  @Override
  public void lost(int inFlight, long now) {
    remember();
    reduce(inFlight);
    window = threshold;
  }

  @Override
  public void timedOut(int inFlight, long now) {
    if (window > 1) { // RFC 5681 §3.1: not once more for a repetition that is lost
      remember();
      reduce(inFlight);
    }
    window = 1;
  }

  private void reduce(int inFlight) {
    double reached = Math.min(window, Math.max(inFlight, 2));
    windowMax = reached < windowMax ? reached * (1 + BETA) / 2 : reached; // §4.7: fast convergence
    threshold = Math.max(reached * BETA, 2);
    inEpoch = false;
  }

  private void remember() {
    windowBefore = window;
    thresholdBefore = threshold;
    windowMaxBefore = windowMax;
  }

  @Override
  public void undo(long now) {
    if (windowBefore > window) {
      window = windowBefore;
      threshold = thresholdBefore;
      windowMax = windowMaxBefore;
      inEpoch = false;
    }
  }

  @Override
  public void idle(int initial) {
    threshold = Math.max(threshold, window * 3 / 4);
    window = Math.min(window, Math.max(initial, window / 2));
    inEpoch = false; // §4.2: time without sending is no time
  }

  @Override
  public void shrink(int packets) {
    window = Math.min(window, packets);
  }

  @Override
  public boolean slowStart() {
    return window < threshold;
  }
}
