// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.NetTap;
import io.rxrpc.testkit.SimNet;
import org.jspecify.annotations.Nullable;

/** Does something once, when so many datagrams have been delivered. */
final class AfterDatagrams implements NetTap {
  private final SimNet net;
  private final Runnable action;
  private int left;

  AfterDatagrams(SimNet net, int count, Runnable action) {
    this.net = net;
    this.action = action;
    left = count;
  }

  @Override
  public void sent(long now, Datagram d, @Nullable Fault fault) {}

  @Override
  public void delivered(long now, Datagram d) {
    if (--left == 0) {
      net.at(now, action);
    }
  }
}
