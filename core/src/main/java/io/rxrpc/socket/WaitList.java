// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Wakeups;
import java.util.ArrayDeque;

/** Threads that wait for the same thing, the first come in front. Under the driver's lock. */
final class WaitList {
  private final ArrayDeque<SocketWaiter> waiters = new ArrayDeque<>();

  void add(SocketWaiter waiter) {
    waiters.add(waiter);
  }

  void remove(SocketWaiter waiter) {
    waiters.remove(waiter);
  }

  /** Wakes the first one that still sleeps. */
  void wakeOne(Wakeups wakeups) {
    for (SocketWaiter w = waiters.poll(); w != null; w = waiters.poll()) {
      if (!w.woken()) {
        w.wake(wakeups);
        return;
      }
    }
  }

  void wakeAll(Wakeups wakeups) {
    for (SocketWaiter w = waiters.poll(); w != null; w = waiters.poll()) {
      w.wake(wakeups);
    }
  }
}
