package io.rxrpc.socket;

import io.rxrpc.driver.Wakeups;

/** A thread that waits, on some lists. Set under the driver's lock, read by the thread itself. */
final class Waiter {
  private final Thread thread = Thread.currentThread();
  private volatile boolean woken;

  void wake(Wakeups wakeups) {
    if (!woken) {
      woken = true;
      wakeups.unpark(thread);
    }
  }

  boolean woken() {
    return woken;
  }

  void reset() {
    woken = false;
  }
}
