// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.net.InetSocketAddress;

/** Somebody with an address in a {@link SimNet}. */
public interface SimNode {

  /** Its address. */
  InetSocketAddress address();

  /** A datagram arrived. {@link #act} follows at the same time. */
  void datagram(long now, Datagram datagram);

  /** The network says that something this node sent did not arrive. */
  void error(long now, InetSocketAddress destination, int errno, int mtu);

  /** Time to do what is due and to send. */
  void act(long now);

  /** When {@link #act} is wanted next; {@link Long#MAX_VALUE} for never. */
  long wakeAt();
}
