// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.Hold;
import io.rxrpc.driver.Wakeups;
import io.rxrpc.machine.Time;
import io.rxrpc.udp.Errno;

/** A thread that waits, on some lists. Set under the driver's lock, read by the thread itself. */
final class SocketWaiter {
  private final Thread thread = Thread.currentThread();
  private final Time time;
  private volatile boolean woken;

  SocketWaiter(Time time) {
    this.time = time;
  }

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

  /**
   * Gives the hold up until it is woken or the deadline passes.
   *
   * @param deadline by the driver's clock; {@link Long#MAX_VALUE} for none
   * @throws SocketErrorException EINTR when the thread is interrupted; its flag stays set
   */
  void await(Hold hold, long deadline) throws SocketErrorException {
    boolean interrupted;
    try (Hold.Pause _ = hold.pause()) {
      interrupted = park(deadline);
    }
    if (interrupted && !woken) {
      throw new SocketErrorException(Errno.EINTR, "interrupted while waiting");
    }
  }

  private boolean park(long deadline) {
    while (!woken) {
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      if (deadline == Long.MAX_VALUE) {
        time.park(this);
      } else {
        long left = deadline - time.nanoTime();
        if (left <= 0) {
          return false;
        }
        time.parkNanos(this, left);
      }
    }
    return false;
  }
}
