// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.PeerIdentity;

/**
 * An application's look at a client whose token and authenticator were good. Asked once a
 * connection, by any thread; must not block.
 */
@FunctionalInterface
public interface RxgkAdmission {

  /**
   * Whether the client may use the connection.
   *
   * @param peer who it is
   * @param connection what it calls
   * @param appData what the client's application has put into the authenticator, a copy; empty if
   *     nothing. Nobody but the holder of the token's key can have put it there.
   * @return false to refuse it as not authorised, for all calls of the connection
   */
  boolean admits(PeerIdentity peer, ConnectionIdentity connection, byte[] appData);
}
