// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import java.net.InetSocketAddress;

/** Somebody with an address in a {@link SimNet}. */
public interface SimNode {

  /** {@return its address} */
  InetSocketAddress address();

  /**
   * A datagram arrived. {@link #act} follows at the same time.
   *
   * @param now the present time, in nanoseconds
   * @param datagram the datagram
   */
  void datagram(long now, Datagram datagram);

  /**
   * The network says that something this node sent did not arrive.
   *
   * @param now the present time, in nanoseconds
   * @param destination where the datagram went
   * @param errno the errno
   * @param mtu the MTU of the path, or 0
   */
  void error(long now, InetSocketAddress destination, int errno, int mtu);

  /**
   * Time to do what is due and to send.
   *
   * @param now the present time, in nanoseconds
   */
  void act(long now);

  /** {@return when {@link #act} is wanted next; {@link Long#MAX_VALUE} for never} */
  long wakeAt();
}
