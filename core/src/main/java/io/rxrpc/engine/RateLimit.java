package io.rxrpc.engine;

/** A token bucket: so many a second, and as many at once. */
final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final long perSecond;
  private long credit;
  private long last;

  RateLimit(long perSecond, long now) {
    this.perSecond = perSecond;
    credit = perSecond * SECOND;
    last = now;
  }

  /** Whether one more may go now; if so it is counted. */
  boolean permits(long now) {
    if (perSecond == 0) {
      return false;
    }
    long elapsed = Math.min(now - last, SECOND);
    if (elapsed > 0) {
      credit = Math.min(perSecond * SECOND, credit + elapsed * perSecond);
      last = now;
    }
    if (credit < SECOND) {
      return false;
    }
    credit -= SECOND;
    return true;
  }
}
