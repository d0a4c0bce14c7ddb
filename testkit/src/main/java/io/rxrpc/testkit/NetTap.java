// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import org.jspecify.annotations.Nullable;

/** Sees everything that happens on a {@link SimNet}. */
public interface NetTap {

  /**
   * A node sends; {@code fault} is what the network will do to it, or null.
   *
   * @param now the present time, in nanoseconds
   * @param datagram the datagram
   * @param fault what the network does
   */
  void sent(long now, Datagram datagram, @Nullable Fault fault);

  /**
   * A node is about to get a datagram.
   *
   * @param now the present time, in nanoseconds
   * @param datagram the datagram
   */
  void delivered(long now, Datagram datagram);
}
