// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where code of others runs: in the loop as long as it is quick. */
class HabitTest {
  private static final long QUICK = Habit.SLOW;
  private static final long LATE = Habit.SLOW_AWAY + 1;

  private final Habit habit = new Habit();

  private boolean inLoop(long nanos) {
    if (habit.enters()) {
      habit.returned(nanos);
      return true;
    }
    habit.ended(nanos);
    return false;
  }

  /** Quick runs in threads of their own until the loop is tried again. */
  private int away() {
    int n = 0;
    while (!inLoop(QUICK)) {
      n++;
    }
    return n;
  }

  @Test
  void quickCodeStaysInTheLoop() {
    for (int i = 0; i < 1000; i++) {
      assertThat(inLoop(QUICK)).isTrue();
    }
  }

  @Test
  void afterEachFailureTwiceAsManyMustHaveBeenQuick() {
    int[] away = new int[12];
    for (int i = 0; i < away.length; i++) {
      assertThat(habit.enters()).isTrue();
      habit.returned(LATE);
      int n = 0;
      while (!habit.enters()) {
        habit.ended(QUICK);
        n++;
      }
      habit.returned(LATE);
      away[i] = n;
      while (!habit.enters()) {
        habit.ended(QUICK);
      }
      habit.returned(LATE);
      while (!habit.enters()) {
        habit.ended(QUICK);
      }
      habit.returned(QUICK);
    }
    assertThat(away).startsWith(2, 16, 128).endsWith(1024, 1024, 1024);
  }

  @Test
  void codeThatAlwaysWaitsIsTriedOnce() {
    assertThat(inLoop(LATE)).isTrue();
    for (int i = 0; i < 10_000; i++) {
      assertThat(inLoop(LATE)).isFalse();
    }
  }

  @Test
  void codeThatHasBecomeQuickIsBackAndForgivenAsSlowlyAsItFailed() {
    for (int i = 0; i < 3; i++) {
      while (!inLoop(LATE)) {
        habit.ended(QUICK);
        habit.ended(QUICK);
        habit.ended(QUICK);
        habit.ended(QUICK);
        habit.ended(QUICK);
        habit.ended(QUICK);
        habit.ended(QUICK);
        habit.ended(QUICK);
      }
    }
    assertThat(away()).isEqualTo(8);
    for (int i = 1; i < 8 + 4 + 2; i++) {
      assertThat(inLoop(QUICK)).isTrue();
    }
    assertThat(inLoop(LATE)).isTrue();
    assertThat(away()).as("as after the first failure").isEqualTo(2);
  }

  @Test
  void aSlowRunNowAndThenInAThreadOfItsOwnKeepsItThereOnlyLonger() {
    for (int failures = 0; failures < 10; ) {
      if (habit.enters()) {
        habit.returned(LATE);
        failures++;
      } else {
        habit.ended(QUICK);
      }
    }
    int n = 0;
    while (!habit.enters()) {
      habit.ended(n++ % 50 == 0 ? LATE : QUICK);
    }
    assertThat(n).isBetween(1024, 1300);
  }

  @Test
  void codeThatWasQuickForLongHasCreditForAFewSlowRuns() {
    for (int i = 0; i < 1000; i++) {
      assertThat(inLoop(QUICK)).isTrue();
    }
    for (int slow = 0; slow < Habit.CREDIT; slow++) {
      assertThat(inLoop(LATE)).isTrue();
    }
    assertThat(inLoop(LATE)).as("the failure").isTrue();
    assertThat(away()).isEqualTo(2);
  }

  @Test
  void codeThatIsSlowNowAndThenStaysInTheLoop() {
    for (int i = 1; i < 10_000; i++) {
      assertThat(inLoop(i % (Habit.PRICE + 2) == 0 ? LATE : QUICK)).as("run %d", i).isTrue();
    }
  }

  @Test
  void withCreditASlowRunThatIsNotBackKeepsNothingOut() {
    for (int i = 0; i < 1000; i++) {
      assertThat(inLoop(QUICK)).isTrue();
    }
    for (int i = 0; i <= Habit.CREDIT; i++) {
      assertThat(habit.enters()).as("none is back, %d", i).isTrue();
    }
    assertThat(habit.enters()).isFalse();
  }

  @Test
  void nothingIsTriedWhileARunIsNotBack() {
    assertThat(habit.enters()).isTrue();
    assertThat(habit.enters()).isFalse();
    habit.ended(QUICK); // which went to a thread of its own
    assertThat(habit.enters()).isFalse();
    habit.returned(QUICK);
    assertThat(habit.enters()).isTrue();
  }
}
