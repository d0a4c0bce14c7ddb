// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

/** A thread of a program on a {@link MemoryNetwork}. For threads of the same network. */
public final class Running {
  private final Baton baton;
  private final Thread thread;

  Running(Baton baton, Thread thread) {
    this.baton = baton;
    this.thread = thread;
  }

  /**
   * Waits for its end.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void join() throws InterruptedException {
    baton.join(thread);
  }

  /** Interrupts it. */
  public void interrupt() {
    thread.interrupt();
  }

  /** {@return whether it has ended} */
  public boolean isOver() {
    return baton.find(thread) == null;
  }
}
