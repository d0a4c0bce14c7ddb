// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * A hold of the engine's lock, to be closed by {@code try}. There is one object for each lock,
 * handed out to whoever has the lock: it is never kept beyond the {@code try}. A hold within a hold
 * of the same thread is part of the outer one.
 *
 * <p>Its end does what others left to be done, sends what there is to be sent, lets go, and wakes
 * those who waited, in this order: only the last is done without the lock, and never within another
 * hold.
 */
public final class Hold implements AutoCloseable {
  private final EngineLock lock;

  Hold(EngineLock lock) {
    this.lock = lock;
  }

  /** When the lock was taken, by the driver's clock. */
  public long now() {
    return lock.now();
  }

  /** Takes what is to be done when the lock is free. */
  public Wakeups wakeups() {
    return lock.wakeups();
  }

  /**
   * Lets go as at the end, until the pause is closed by {@code try}: for what must not be done
   * under the lock. Afterwards {@link #now} is another time.
   *
   * @throws IllegalStateException within a hold that is part of another one
   */
  public Pause pause() {
    return lock.pause();
  }

  @Override
  public void close() {
    lock.leave();
  }

  /** A time without the lock, within a hold; its end takes the lock again. */
  public static final class Pause implements AutoCloseable {
    private final EngineLock lock;

    Pause(EngineLock lock) {
      this.lock = lock;
    }

    @Override
    public void close() {
      lock.enter();
    }
  }
}
