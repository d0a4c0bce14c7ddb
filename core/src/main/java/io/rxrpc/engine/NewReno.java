package io.rxrpc.engine;

/** Slow start, congestion avoidance and fast recovery in packets (RFC 5681, RFC 6582). */
final class NewReno implements CongestionControl {
  private final int max;
  private int window;
  private int threshold;
  private int credit;
  private boolean recovering;

  NewReno(int initial, int max) {
    this.window = Math.min(initial, max);
    this.max = max;
    this.threshold = max;
  }

  @Override
  public int window() {
    return window;
  }

  @Override
  public void acked(int packets, boolean limited) {
    if (recovering || !limited) {
      return; // RFC 7661: a window that is not used says nothing about the path
    }
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
  public void lost(int inFlight) {
    threshold = Math.max(inFlight / 2, 2);
    window = threshold;
    credit = 0;
    recovering = true;
  }

  @Override
  public void recovered() {
    recovering = false;
  }

  @Override
  public void timedOut(int inFlight) {
    threshold = Math.max(inFlight / 2, 2);
    window = 1;
    credit = 0;
    recovering = false;
  }

  @Override
  public boolean slowStart() {
    return window < threshold;
  }
}
