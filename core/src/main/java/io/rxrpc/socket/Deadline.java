package io.rxrpc.socket;

import java.time.Duration;

/** Until when to wait, by {@link System#nanoTime}; {@link Long#MAX_VALUE} is for ever. */
final class Deadline {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Deadline() {}

  /** The deadline of an option like SO_RCVTIMEO: zero is for ever. */
  static long ofOption(Duration timeout) {
    return timeout.isZero() ? Long.MAX_VALUE : of(timeout);
  }

  /** The deadline of something that may take so long; beyond a century it is for ever. */
  static long of(Duration timeout) {
    if (timeout.compareTo(LONGEST) > 0) {
      return Long.MAX_VALUE;
    }
    return System.nanoTime() + timeout.toNanos();
  }

  static boolean expired(long deadline) {
    return deadline != Long.MAX_VALUE && deadline - System.nanoTime() <= 0;
  }
}
