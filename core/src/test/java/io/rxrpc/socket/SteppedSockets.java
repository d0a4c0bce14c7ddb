// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import io.rxrpc.driver.SteppedNet;
import io.rxrpc.machine.Time;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;

/** Sockets on a {@link SteppedNet}, each with a port of its own; they must not block. */
final class SteppedSockets implements TransportSource {
  private final SteppedNet net;

  SteppedSockets(SteppedNet net) {
    this.net = net;
  }

  RxrpcSocket open(Tunables tunables) throws IOException {
    RxrpcSocket s = RxrpcSocket.open(StandardProtocolFamily.INET, tunables, this);
    s.configureBlocking(false);
    return s;
  }

  @Override
  public Transport acquire(InetSocketAddress local, boolean shared, Tunables tunables) {
    return new Transport(null, net.open(tunables), null, 0);
  }

  @Override
  public Time time() {
    return net.time();
  }

  @Override
  public void release(Transport t) {
    t.driver.close();
  }
}
