// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

/** What an application hangs on a connection that it serves, to hear of its end. */
@FunctionalInterface
public interface ConnectionWatcher {
  /**
   * The connection is forgotten: no call comes on it any more. Called once, under the lock: it must
   * be quick and must not block.
   */
  void closed();
}
