// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * Whether the loop looks for the next packet a while before it sleeps. A thread that sleeps on an
 * idle processor is woken within some 25 us on a virtual machine, and a small call has four such
 * threads, one after the other; one that goes on looking and yields is there at once. In vain it
 * costs time of a processor: after each failure twice as many occasions are passed over, as Linux's
 * haltpoll does by the time. Used by the loop's thread alone; times in nanoseconds.
 */
final class Spin {
  /** At most one occasion of 2 to this is tried in vain. */
  private static final int MOST_FAILURES = 8;

  private final long most;
  private int failures;
  private int passes;

  /**
   * @param most how long it looks; 0 for never
   */
  Spin(long most) {
    this.most = most;
  }

  /** How long it looks at most. */
  long most() {
    return most;
  }

  /** An occasion: whether to look. */
  boolean begins() {
    if (most == 0 || passes > 0) {
      passes = Math.max(0, passes - 1);
      return false;
    }
    return true;
  }

  /**
   * It has looked.
   *
   * @param found whether there was a packet
   * @param nanos how long that took: too long when others had the processor meanwhile, who may be
   *     many
   */
  void ended(boolean found, long nanos) {
    if (found && nanos <= most) {
      failures = 0;
    } else {
      failures = Math.min(failures + 1, MOST_FAILURES);
      passes = (1 << failures) - 1;
    }
  }
}
