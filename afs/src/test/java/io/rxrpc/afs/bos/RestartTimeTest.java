// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.bos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the overseer starts processes again, in both forms. */
class RestartTimeTest {
  @Test
  void everyTimeComesBack() {
    for (RestartTime time :
        List.of(
            new RestartTime.Never(),
            new RestartTime.Now(),
            new RestartTime.At(LocalTime.of(4, 30, 1), null),
            new RestartTime.At(LocalTime.of(0, 0), DayOfWeek.SUNDAY),
            new RestartTime.At(LocalTime.of(23, 59), DayOfWeek.SATURDAY))) {
      assertThat(RestartTime.of(time.wire())).isEqualTo(time);
    }
  }

  @Test
  void daysBeginWithSunday() {
    assertThat(new RestartTime.At(LocalTime.NOON, DayOfWeek.SUNDAY).wire().day()).isZero();
    assertThat(new RestartTime.At(LocalTime.NOON, DayOfWeek.MONDAY).wire().day())
        .isEqualTo((short) 1);
    assertThat(RestartTime.of(new BozoNetKTime(15, (short) 4, (short) 30, (short) 0, (short) 6)))
        .isEqualTo(new RestartTime.At(LocalTime.of(4, 30), DayOfWeek.SATURDAY));
  }

  @Test
  void rubbishOfAServerIsATimeAllTheSame() {
    RestartTime time =
        RestartTime.of(new BozoNetKTime(7, (short) 24, (short) 60, (short) -1, (short) 9));
    assertThat(time).isEqualTo(new RestartTime.At(LocalTime.of(0, 0, 59), null));
  }
}
