package io.rxrpc.socket;

import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.Wakeups;
import io.rxrpc.udp.Errno;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread's hold of the driver's lock. It can be given up for a while: to copy and seal, or to
 * wait. What the hold leaves to be sent is sent whenever the lock is given up.
 */
final class Hold implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final EndpointDriver driver;
  private long now;
  private boolean held;

  Hold(EndpointDriver driver) {
    this.driver = driver;
    now = driver.enter();
    held = true;
  }

  /** The deadline of an option like SO_RCVTIMEO: zero is for ever. */
  static long deadlineOfOption(Duration timeout) {
    return timeout.isZero() ? Long.MAX_VALUE : deadline(timeout);
  }

  /** The deadline of something that may take so long; beyond a century it is for ever. */
  static long deadline(Duration timeout) {
    if (timeout.compareTo(LONGEST) > 0) {
      return Long.MAX_VALUE;
    }
    return System.nanoTime() + timeout.toNanos();
  }

  static boolean expired(long deadline) {
    return deadline != Long.MAX_VALUE && deadline - System.nanoTime() <= 0;
  }

  /** When the lock was taken, by {@link System#nanoTime}. */
  long now() {
    return now;
  }

  Wakeups wakeups() {
    return driver.wakeups();
  }

  /** Gives the lock up. */
  void release() {
    held = false;
    driver.leave(now);
  }

  /** Takes it again. */
  void retake() {
    now = driver.enter();
    held = true;
  }

  /**
   * Gives the lock up until the waiter is woken or the deadline passes.
   *
   * @param deadline by {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
   * @throws SocketErrorException EINTR when the thread is interrupted; its flag stays set
   */
  void await(Waiter waiter, long deadline) throws SocketErrorException {
    release();
    boolean interrupted = false;
    while (!waiter.woken()) {
      if (Thread.currentThread().isInterrupted()) {
        interrupted = true;
        break;
      }
      if (deadline == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          break;
        }
        LockSupport.parkNanos(this, left);
      }
    }
    retake();
    if (interrupted && !waiter.woken()) {
      throw new SocketErrorException(Errno.EINTR, "interrupted while waiting");
    }
  }

  @Override
  public void close() {
    if (held) {
      release();
    }
  }
}
