// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

/**
 * A client's security for its calls: a class, a key and a level. Two calls share a connection only
 * if their client security is {@code equals}. Safe for all threads.
 */
public interface ClientSecurity {

  /** {@return the class's number on the wire, 0..255} */
  int securityIndex();

  /**
   * {@return security for a new connection} Clients seal from the first packet on, before any
   * challenge; so what both ends derive their keys from is chosen here, and told in the RESPONSE.
   * Called outside the engine's lock and its loop; the connection's calls wait for it.
   *
   * @param connection the connection
   * @throws SecurityFailure if the key cannot be used (any more)
   */
  ClientConnectionSecurity connect(ConnectionIdentity connection) throws SecurityFailure;
}
