// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.machine.Time;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Where sockets get their UDP ports from. */
interface TransportSource {
  /**
   * The port at an address, one more socket on it.
   *
   * @param shared whether port 0 may be a port that others have too
   * @throws SocketErrorException EADDRINUSE, EADDRNOTAVAIL ...
   */
  Transport acquire(InetSocketAddress local, boolean shared, Tunables tunables) throws IOException;

  /** The time that they go by. */
  Time time();

  /** A socket has gone. */
  void release(Transport t);
}
