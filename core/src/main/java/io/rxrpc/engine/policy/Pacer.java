// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/**
 * Spreads a window over its round trip, so that a burst does not overrun a queue or the peer's UDP
 * buffer that would hold the window if it came evenly. Short round trips are not paced: there the
 * ACKs come sooner than a timer. Times in nanoseconds.
 */
public final class Pacer {
  /** Below it a timer would be coarser than what it paces. */
  public static final long LEAST_RTT = 2_000_000;

  /** A pause is this long at least: its end wakes the loop. */
  private static final long STEP = 1_000_000;

  private final int burst;

  /** Up to when the time is used up by what was sent. */
  private long usedUntil = Long.MIN_VALUE;

  /** When a call that was refused may send; {@link Long#MAX_VALUE} if none was. */
  private long releaseAt = Long.MAX_VALUE;

  /**
   * @param burst packets that may always go at once; 0 for no pacing
   */
  public Pacer(int burst) {
    this.burst = burst;
  }

  private static long interval(int window, boolean slowStart, long rtt) {
    // as Linux does: twice the rate that doubles the window, a little more than the rate else
    return Math.max(1, slowStart ? rtt / 2 / window : rtt * 4 / 5 / window);
  }

  /** How many packets may go now. */
  public int allowance(long now, int window, boolean slowStart, long rtt) {
    if (burst == 0 || rtt < LEAST_RTT) {
      return Integer.MAX_VALUE;
    }
    long interval = interval(window, slowStart, rtt);
    usedUntil = Math.max(usedUntil, now - burst * interval);
    if (now - usedUntil < interval) {
      // not for each packet: once refused, it goes on when some may go together
      releaseAt = usedUntil + Math.max(interval, Math.min(STEP, burst * interval));
      return 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, (now - usedUntil) / interval);
  }

  /** So many packets went. */
  public void sent(long now, int packets, int window, boolean slowStart, long rtt) {
    if (burst != 0 && rtt >= LEAST_RTT) {
      long interval = interval(window, slowStart, rtt);
      // what went without being asked for, as first packets do, is not charged without end
      usedUntil = Math.min(usedUntil + packets * interval, now + burst * interval);
    }
  }

  /** When calls that were refused may send; {@link Long#MAX_VALUE} for never. */
  public long releaseAt() {
    return releaseAt;
  }

  /** The calls that were refused have been told that they may send. */
  public void released() {
    releaseAt = Long.MAX_VALUE;
  }
}
