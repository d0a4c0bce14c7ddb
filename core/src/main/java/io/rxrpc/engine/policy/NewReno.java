// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/** Slow start, congestion avoidance and fast recovery in packets (RFC 5681, RFC 6582). */
public final class NewReno implements CongestionControl {
  private final int max;
  private int window;
  private int threshold;
  private int credit;
  private int windowBefore;
  private int thresholdBefore;

  public NewReno(int initial, int max) {
    this.window = Math.min(initial, max);
    this.max = max;
    this.threshold = max;
    windowBefore = window;
    thresholdBefore = threshold;
  }

  @Override
  public int window() {
    return window;
  }

  @Override
  public void acked(int packets, long now, long rtt) {
    if (window < threshold) {
      window = Math.min(Math.min(window + packets, threshold), max);
      return;
    }
    credit += packets;
    if (credit >= window) {
      credit -= window;
      window = Math.min(window + 1, max);
    }
  }

  @Override
  public void lost(int inFlight, long now) {
    remember();
    threshold = Math.max(inFlight / 2, 2);
    window = threshold;
    credit = 0;
  }

  @Override
  public void timedOut(int inFlight, long now) {
    if (window > 1) { // RFC 5681 §3.1: not once more for a repetition that is lost
      remember();
      threshold = Math.max(inFlight / 2, 2);
    }
    window = 1;
    credit = 0;
  }

  private void remember() {
    windowBefore = window;
    thresholdBefore = threshold;
  }

  @Override
  public void undo(long now) {
    window = Math.max(window, windowBefore);
    threshold = Math.max(threshold, thresholdBefore);
  }

  @Override
  public void idle(int initial) {
    threshold = Math.max(threshold, window - window / 4);
    window = Math.min(window, Math.max(initial, window / 2));
    credit = 0;
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
