// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/**
 * Is told what happens to a call, in place of a {@link DriverCall}: whoever attaches one to a call
 * reads, writes and releases that call himself, under the driver's lock.
 */
public interface CallWatcher {
  /**
   * The call has events. Called under the lock: it must be quick and must not block.
   *
   * @param events the bits of {@link io.rxrpc.engine.Call}
   * @param wakeups takes what is to be done when the lock is free
   */
  void happened(int events, long now, Wakeups wakeups);
}
