// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/** Something that the loop does or hands over when it has let go of the lock. */
interface Errand {
  /**
   * Does it, in the loop. Throws nothing that concerns the loop.
   *
   * @return whether it is done, and not handed to another thread
   */
  boolean runInLoop();

  /** Whether code of others may hold up the loop in it. */
  boolean mayBlock();

  /** Code of which nothing is known. */
  record Step(Runnable code) implements Errand {
    @Override
    public boolean runInLoop() {
      Wakeups.take(code);
      return true;
    }

    @Override
    public boolean mayBlock() {
      return true;
    }
  }
}
