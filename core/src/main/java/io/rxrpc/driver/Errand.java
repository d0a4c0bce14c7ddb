// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * Something that is done when the lock is free: by {@link #run} in a thread of the application,
 * otherwise in the loop.
 */
interface Errand extends Runnable {
  /**
   * Does it in the loop, or hands it over.
   *
   * @return whether it is done, and not handed to another thread
   */
  boolean runInLoop();

  /** Whether code of others may hold up the loop in it. */
  boolean mayBlock();

  /** Code of which nothing is known. */
  record Step(Runnable code) implements Errand {
    @Override
    public void run() {
      code.run();
    }

    @Override
    public boolean runInLoop() {
      code.run();
      return true;
    }

    @Override
    public boolean mayBlock() {
      return true;
    }
  }
}
