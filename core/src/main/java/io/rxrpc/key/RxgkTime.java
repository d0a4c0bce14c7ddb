// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.time.Instant;

/**
 * Time as rxgk counts it: units of 100 ns since 1970 without leap seconds, in 64 bits with a sign.
 */
public final class RxgkTime {
  /** Units in a second. */
  public static final long SECOND = 10_000_000;

  private static final int NANOS = 100;

  private RxgkTime() {}

  /**
   * {@return the instant of a number of units}
   *
   * @param units hundreds of nanoseconds since 1970
   */
  public static Instant instant(long units) {
    return Instant.ofEpochSecond(
        Math.floorDiv(units, SECOND), Math.floorMod(units, SECOND) * NANOS);
  }

  /**
   * {@return the units of an instant, rounded down; the least or greatest there is if it lies
   * beyond}
   *
   * @param instant the time
   */
  public static long of(Instant instant) {
    long seconds = instant.getEpochSecond();
    long most = Long.MAX_VALUE / SECOND;
    if (seconds >= most) {
      return Long.MAX_VALUE;
    }
    return seconds <= -most ? Long.MIN_VALUE : seconds * SECOND + instant.getNano() / NANOS;
  }
}
