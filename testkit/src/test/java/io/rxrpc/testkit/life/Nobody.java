// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.SimNode;
import java.net.InetSocketAddress;

/** A host that is down: what is sent there vanishes, and nobody says so. */
record Nobody(InetSocketAddress address) implements SimNode {
  @Override
  public void datagram(long now, Datagram datagram) {}

  @Override
  public void error(long now, InetSocketAddress destination, int errno, int mtu) {}

  @Override
  public void act(long now) {}

  @Override
  public long wakeAt() {
    return Long.MAX_VALUE;
  }
}
