// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Clocks, and the waits that go by them. Every wait of an endpoint and of a socket is one of these,
 * but for the one of the loop in its port. Safe for all threads.
 */
public interface Time {
  /** {@return monotonic time in nanoseconds, from any beginning} */
  long nanoTime();

  /** {@return the time of day} Captures are stamped by it, and nothing waits for it. */
  InstantSource wallClock();

  /**
   * {@return whether time goes on while a thread is busy} Where it does not, nobody looks again and
   * again in place of waiting.
   */
  boolean goesOn();

  /**
   * Lets the thread wait until it is {@link #unpark unparked} or interrupted, with the permit of
   * {@link java.util.concurrent.locks.LockSupport#park(Object)}. It may return for no reason.
   *
   * @param blocker what it waits for, for whoever looks
   */
  void park(Object blocker);

  /**
   * The same for so many nanoseconds at most; for none it returns at once.
   *
   * @param blocker what the thread waits for, for who looks at it
   * @param nanos nanoseconds
   */
  void parkNanos(Object blocker, long nanos);

  /**
   * Lets a thread go on that waits, or that waits next. Does nothing for null.
   *
   * @param thread the thread, or null for none
   */
  void unpark(@Nullable Thread thread);
}
