// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ConnectionIdentity;

/**
 * What a client's application puts into the authenticators of its connections. Asked once for each
 * answer to a CHALLENGE, by any thread; must not block.
 */
@FunctionalInterface
public interface RxgkAppData {
  /** Nothing. */
  RxgkAppData NONE = connection -> new byte[0];

  /**
   * {@return the octets for a connection, at most 1000: a RESPONSE has to fit into a packet}
   *
   * @param connection the connection
   */
  byte[] of(ConnectionIdentity connection);
}
