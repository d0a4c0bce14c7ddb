// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import org.jspecify.annotations.Nullable;

/** The thread, if any, that waits for something to happen to a phase. */
final class Waiter {
  private final EngineRoom room;

  /** Set and cleared under the lock, by the thread itself or for it. */
  private volatile @Nullable Thread thread;

  Waiter(EngineRoom room) {
    this.room = room;
  }

  /** Under the lock: that thread is going to {@link #park}. */
  void expect(Thread who) {
    thread = who;
  }

  boolean isExpected() {
    return thread != null;
  }

  /** Without the lock: waits until it is no longer expected to. */
  void park() throws InterruptedException {
    while (thread != null) {
      room.time().park(this);
      if (Thread.interrupted()) {
        try (Hold _ = room.hold()) {
          thread = null;
        }
        throw new InterruptedException();
      }
    }
  }

  /** Under the lock: it is let go on, as soon as the lock is free. */
  void release(Wakeups wakeups) {
    Thread t = thread;
    if (t != null) {
      thread = null;
      wakeups.unpark(t);
    }
  }

  /** The endpoint is over: whoever waits looks for himself. */
  void wake() {
    Thread t = thread;
    thread = null;
    room.time().unpark(t);
  }
}
