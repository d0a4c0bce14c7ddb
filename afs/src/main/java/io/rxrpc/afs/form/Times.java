// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.form;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times, which AFS writes as 32 bits of seconds since 1970, up to the year 2106. */
public final class Times {
  private static final long MOST = 0xffff_ffffL;

  private Times() {}

  /** The time of that many seconds. */
  public static Instant of(int seconds) {
    return Instant.ofEpochSecond(Integer.toUnsignedLong(seconds));
  }

  /** The time of that many seconds, or null for 0, which means never. */
  public static @Nullable Instant orNull(int seconds) {
    return seconds == 0 ? null : of(seconds);
  }

  /**
   * The seconds of a time; what is less than a second is left off.
   *
   * @throws IllegalArgumentException if it is before 1970 or after 2106
   */
  public static int seconds(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds < 0 || seconds > MOST) {
      throw new IllegalArgumentException(time + " is outside 1970..2106");
    }
    return (int) seconds;
  }

  /** The seconds of a time, 0 for null. */
  public static int secondsOrZero(@Nullable Instant time) {
    return time == null ? 0 : seconds(time);
  }
}
