// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.bos;

import static io.rxrpc.afs.bos.BosConstants.KTIME_DAY;
import static io.rxrpc.afs.bos.BosConstants.KTIME_HOUR;
import static io.rxrpc.afs.bos.BosConstants.KTIME_MIN;
import static io.rxrpc.afs.bos.BosConstants.KTIME_NEVER;
import static io.rxrpc.afs.bos.BosConstants.KTIME_NOW;
import static io.rxrpc.afs.bos.BosConstants.KTIME_SEC;

import java.time.DayOfWeek;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** When the overseer starts processes again, by the server machine's own clock and zone. */
public sealed interface RestartTime {
  /** Not at all. */
  record Never() implements RestartTime {}

  /** At once. */
  record Now() implements RestartTime {}

  /**
   * At a time of the day.
   *
   * @param time to the second
   * @param day on this day only; null for every day
   */
  record At(LocalTime time, @Nullable DayOfWeek day) implements RestartTime {}

  /**
   * From the form of the service; days begin with Sunday.
   *
   * @param time the time
   * @return the restart time
   */
  static RestartTime of(BozoNetKTime time) {
    if ((time.mask() & KTIME_NEVER) != 0) {
      return new Never();
    }
    if ((time.mask() & KTIME_NOW) != 0) {
      return new Now();
    }
    boolean aDay = (time.mask() & KTIME_DAY) != 0;
    return new At(
        LocalTime.of(
            given(time, KTIME_HOUR, time.hour(), 24),
            given(time, KTIME_MIN, time.min(), 60),
            given(time, KTIME_SEC, time.sec(), 60)),
        aDay ? DayOfWeek.SUNDAY.plus(time.day()) : null);
  }

  private static int given(BozoNetKTime time, int bit, int value, int range) {
    return (time.mask() & bit) == 0 ? 0 : Math.floorMod(value, range);
  }

  /**
   * In the form of the service.
   *
   * @return the bozo net k time
   */
  default BozoNetKTime wire() {
    return switch (this) {
      case Never _ -> new BozoNetKTime(KTIME_NEVER, (short) 0, (short) 0, (short) 0, (short) 0);
      case Now _ -> new BozoNetKTime(KTIME_NOW, (short) 0, (short) 0, (short) 0, (short) 0);
      case At(LocalTime time, DayOfWeek day) ->
          new BozoNetKTime(
              KTIME_HOUR | KTIME_MIN | KTIME_SEC | (day == null ? 0 : KTIME_DAY),
              (short) time.getHour(),
              (short) time.getMinute(),
              (short) time.getSecond(),
              (short) (day == null ? 0 : day.getValue() % 7));
    };
  }
}
