// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * A hold of the engine's lock for a question, to be closed by {@code try}: it changes nothing, and
 * nothing is sent, nobody is woken by it. What others leave to be done meanwhile is done after it.
 */
public final class Look implements AutoCloseable {
  private final EngineLock lock;

  Look(EngineLock lock) {
    this.lock = lock;
  }

  /** What time it is, by the driver's clock. */
  public long now() {
    return lock.time();
  }

  @Override
  public void close() {
    lock.looked();
  }
}
