// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The widest receive window that each peer ever told. */
final class PeerWindows {
  private final Map<InetSocketAddress, Integer> windows = new HashMap<>();
  private final int first;

  /**
   * @param first what is assumed before one tells
   */
  PeerWindows(int first) {
    this.first = first;
  }

  void told(InetSocketAddress peer, int packets) {
    windows.merge(peer, packets, Math::max);
  }

  int widest(InetSocketAddress peer) {
    return Math.max(first, windows.getOrDefault(peer, first));
  }
}
