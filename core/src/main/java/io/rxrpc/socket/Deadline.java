// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.machine.Time;
import java.time.Duration;

/** Until when to wait, by a driver's clock; {@link Long#MAX_VALUE} is for ever. */
final class Deadline {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Deadline() {}

  /** The deadline of an option like SO_RCVTIMEO: zero is for ever. */
  static long ofOption(Duration timeout, Time time) {
    return timeout.isZero() ? Long.MAX_VALUE : of(timeout, time);
  }

  /** The deadline of something that may take so long; beyond a century it is for ever. */
  static long of(Duration timeout, Time time) {
    if (timeout.compareTo(LONGEST) > 0) {
      return Long.MAX_VALUE;
    }
    return time.nanoTime() + timeout.toNanos();
  }

  static boolean expired(long deadline, Time time) {
    return deadline != Long.MAX_VALUE && deadline - time.nanoTime() <= 0;
  }
}
