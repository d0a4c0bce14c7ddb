// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.EngineRoom;
import io.rxrpc.driver.Hold;
import io.rxrpc.engine.ConnectionWatcher;

/** What hangs on a connection in the engine: the way from there to what the application sees. */
record ConnectionHandle(EngineRoom room, RxrpcConnection connection) implements ConnectionWatcher {
  /** Under the lock: listeners are told without it. */
  @Override
  public void closed() {
    try (Hold hold = room.hold()) { // within the one that is there
      hold.wakeups().step(connection::closed);
    }
  }
}
