// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is known of how long one kind of code of others takes, as the handler of a service: whether
 * the loop may run it itself. A hand-over to another thread costs some microseconds, so what is
 * quicker than that is best run where the packet is.
 *
 * <p>Code that has been quick for long has credit: on a virtual machine each code is now and then
 * interrupted for longer than it takes. Without credit a run in the loop that was slow is a
 * failure. After each failure twice as many runs must have been quick in threads of their own
 * before the next is tried in the loop, and more for each that was not; so code that always waits
 * is never tried again, and code that was slow only until it was compiled is back soon. While as
 * many runs in the loop as the credit is good for are not back, nothing more is tried.
 *
 * <p>Safe for all threads, and exact with one at a time: a count that two threads overwrite is of
 * no importance.
 */
final class Habit {
  /** Nanoseconds from which a run is slow: what relieves the loop. */
  static final long SLOW = Crew.PATIENCE;

  /** The same in a thread of its own, which may send by itself. */
  static final long SLOW_AWAY = 2 * SLOW;

  /** What a slow run in a thread of its own costs, in quick ones. */
  private static final int PENALTY = 8;

  /** At most 2 to this must have been quick. */
  private static final int MOST = 10;

  /** Quick runs in the loop that make up for a slow one, which costs as much as some hand-overs. */
  static final int PRICE = 16;

  /** Slow runs that the longest row of quick ones makes up for. */
  static final int CREDIT = 4;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /** Quick runs in threads of their own that are still wanted. */
  private final AtomicInteger wanted = new AtomicInteger();

  /** Quick runs in the loop, one after the other, since the last failure was forgiven. */
  private final AtomicInteger quick = new AtomicInteger();

  /** Quick runs in the loop that no slow one has used up. */
  private final AtomicInteger credit = new AtomicInteger();

  /** Whether the loop may run it now. If so, {@link #returned} is called in the end. */
  boolean enters() {
    if (wanted.getOpaque() > 0 || inside.get() > credit.getOpaque() / PRICE) {
      return false;
    }
    inside.incrementAndGet();
    return true;
  }

  /**
   * It has come back from the loop, which may be somebody else's by now.
   *
   * @param nanos how long it took
   */
  void returned(long nanos) {
    inside.decrementAndGet();
    int c = credit.getOpaque();
    int n = failures.getOpaque();
    if (nanos <= SLOW && c < CREDIT * PRICE) {
      credit.setOpaque(c + 1);
    }
    if (nanos > SLOW && c >= PRICE) {
      credit.setOpaque(c - PRICE);
    } else if (nanos > SLOW) {
      n = Math.min(n + 1, MOST);
      failures.setOpaque(n);
      quick.setOpaque(0);
      wanted.setOpaque(1 << n);
    } else if (n > 0) {
      int q = quick.getOpaque() + 1;
      if (q < 1 << n) {
        quick.setOpaque(q);
      } else { // as many as were wanted for the last failure
        quick.setOpaque(0);
        failures.setOpaque(n - 1);
      }
    }
  }

  /** It took so many nanoseconds in a thread of its own. */
  void ended(long nanos) {
    int w = wanted.getOpaque();
    if (w > 0) {
      boolean slow = nanos > SLOW_AWAY;
      wanted.setOpaque(slow ? Math.min(w + PENALTY, 1 << failures.getOpaque()) : w - 1);
    }
  }
}
