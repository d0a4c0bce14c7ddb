// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.machine.Time;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's time for whoever may be a handler: one that is going to wait in a loop, this
 * endpoint's or another's, has that taken over at once.
 */
final class LoopTime implements Time {
  private final Time time;

  LoopTime(Time time) {
    this.time = time;
  }

  private void waits() {
    // loops are virtual threads only where time does not go on while a thread is busy
    Term mine = Term.mine(!time.goesOn());
    if (mine != null) {
      mine.waits();
    }
  }

  @Override
  public void park(Object blocker) {
    waits();
    time.park(blocker);
  }

  @Override
  public void parkNanos(Object blocker, long nanos) {
    waits();
    time.parkNanos(blocker, nanos);
  }

  @Override
  public void unpark(@Nullable Thread thread) {
    time.unpark(thread);
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public InstantSource wallClock() {
    return time.wallClock();
  }

  @Override
  public boolean goesOn() {
    return time.goesOn();
  }
}
