// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/** A token bucket: so many a second, and so many at once. */
public final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final long perSecond;
  private final long most;
  private long credit;
  private long last;

  /** As many at once as a second. */
  public RateLimit(long perSecond, long now) {
    this(perSecond, perSecond, now);
  }

  public RateLimit(long perSecond, long atOnce, long now) {
    this.perSecond = perSecond;
    most = atOnce * SECOND;
    credit = most;
    last = now;
  }

  /** Whether one more may go now; if so it is counted. */
  public boolean permits(long now) {
    if (perSecond == 0) {
      return false;
    }
    long elapsed = Math.min(now - last, most / perSecond);
    if (elapsed > 0) {
      credit = Math.min(most, credit + elapsed * perSecond);
      last = now;
    }
    if (credit < SECOND) {
      return false;
    }
    credit -= SECOND;
    return true;
  }
}
