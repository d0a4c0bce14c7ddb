// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.udp.PortError;

/** Learns under the lock what has happened in the engine and at the port. */
interface EngineEvents {
  /** Nobody to tell, as long as nothing can happen. */
  EngineEvents NOBODY =
      new EngineEvents() {
        @Override
        public void collect(long now, boolean over, Wakeups wakeups) {}

        @Override
        public void refused(PortError error, Wakeups wakeups) {}

        @Override
        public void wakeAll(Wakeups wakeups) {}
      };

  /**
   * Takes out of the engine what has happened.
   *
   * @param over whether the endpoint is
   */
  void collect(long now, boolean over, Wakeups wakeups);

  /** The network does not take what was sent somewhere. */
  void refused(PortError error, Wakeups wakeups);

  /** It is over: whoever waits must learn of it. */
  void wakeAll(Wakeups wakeups);
}
