// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Time;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where one kind of code of others runs, as the handler of a service: on an executor, or, as long
 * as it is quick, in the loop, which saves handing it over. Safe for all threads.
 */
public final class Workplace {
  private final Executor executor;
  private final @Nullable Habit habit;
  private final boolean mayBlock;
  private final Time time;

  /**
   * @param habit null for never in the loop
   * @param mayBlock whether the executor is somebody's of whom nothing is known
   */
  Workplace(Executor executor, @Nullable Habit habit, boolean mayBlock, Time time) {
    this.executor = executor;
    this.habit = habit;
    this.mayBlock = mayBlock;
    this.time = time;
  }

  /** Whether a loop that uses it may be held up. */
  boolean mayBlock() {
    return mayBlock || habit != null;
  }

  /** Has something run by the executor, and throws what that throws. */
  public void hand(Runnable work) {
    Habit h = habit;
    executor.execute(h == null ? work : () -> away(work, h));
  }

  private void away(Runnable work, Habit h) {
    long start = time.nanoTime();
    try {
      work.run();
    } finally {
      h.ended(time.nanoTime() - start);
    }
  }

  /**
   * In the loop: runs something here, if it has shown to be quick.
   *
   * @return false if it is to be handed over
   */
  boolean here(Runnable work) {
    Habit h = habit;
    if (h == null || !h.enters()) {
      return false;
    }
    long start = time.nanoTime();
    try {
      work.run();
    } finally {
      h.returned(time.nanoTime() - start);
    }
    return true;
  }
}
