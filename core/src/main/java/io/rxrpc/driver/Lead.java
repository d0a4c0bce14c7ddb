// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Who owns the port: one number that only grows. Even: its owner, the leader, minds the port. Odd:
 * the leader is in code of others, which may not come back, so whoever has seen the same odd number
 * for long enough may take the port over by making it even. A leader that comes back and finds the
 * number changed is none any more, and touches nothing that belongs to the port.
 *
 * <p>What the leader wrote before {@link #enter} is seen by whoever takes over after it. It knows
 * no thread and no time; safe for all threads.
 */
final class Lead {
  /** No number of a leader. */
  static final long NONE = -1;

  private final AtomicLong number = new AtomicLong();
  private final AtomicLong urged = new AtomicLong(NONE);

  /** The number now: what the first leader begins with. */
  long number() {
    return number.get();
  }

  /** Whether a leader with this number is in code of others. */
  static boolean isAway(long number) {
    return (number & 1) != 0;
  }

  /**
   * The leader goes into code of others.
   *
   * @param mine its even number
   * @return its odd one
   */
  long enter(long mine) {
    number.set(mine + 1);
    return mine + 1;
  }

  /**
   * The leader has come back.
   *
   * @param mine its odd number
   * @return its even one, or {@link #NONE} if somebody has taken over
   */
  long leave(long mine) {
    return number.compareAndSet(mine, mine + 1) ? mine + 1 : NONE;
  }

  /**
   * Takes over from a leader that is away since this number was seen.
   *
   * @param seen an odd number
   * @return the new leader's even one, or {@link #NONE} if it has come back, or another was faster
   */
  long take(long seen) {
    return leave(seen);
  }

  /**
   * The leader is going to wait in code of others: nobody needs to be patient with it.
   *
   * @param mine its odd number
   */
  void urge(long mine) {
    urged.set(mine);
  }

  /** Whether the leader that was seen so wants to be relieved at once. */
  boolean isUrged(long seen) {
    return urged.get() == seen;
  }
}
