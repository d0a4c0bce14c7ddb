// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What is known of this host's interfaces. Asked under the lock: it answers from memory. */
@FunctionalInterface
public interface LinkMtus {
  /** Nothing is known. */
  LinkMtus UNKNOWN = (local, peer) -> 0;

  /**
   * The MTU of the interface towards a peer, in bytes with the headers of IP and UDP; 0 if unknown.
   *
   * @param local the address that the peer's datagrams come to; null if unknown
   */
  int mtu(@Nullable InetAddress local, InetAddress peer);
}
