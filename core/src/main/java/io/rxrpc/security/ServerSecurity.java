// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

/** A security class as a server offers it. Safe for all threads. */
public interface ServerSecurity {

  /** {@return the class's number on the wire, 0..255} Asked once, when a service is offered. */
  int securityIndex();

  /**
   * {@return whether a connection must answer a CHALLENGE before its calls are served} Asked once,
   * when a service is offered.
   */
  boolean challenges();

  /**
   * {@return octets of the nonce in a CHALLENGE, 0..255} Asked once, when a service is offered; 0
   * for a class that does not challenge.
   */
  int nonceLength();

  /**
   * {@return security of a connection of a class that does not challenge} Not called under a lock.
   *
   * @param connection the connection
   */
  ConnectionSecurity unchallenged(ConnectionIdentity connection);

  /**
   * {@return the payload of a CHALLENGE, which is the class's own} Called outside the engine's
   * lock, once a connection; it is repeated as it is.
   *
   * @param connection the connection
   * @param nonce {@link #nonceLength} random octets from the endpoint's source, a copy
   */
  byte[] challenge(ConnectionIdentity connection, byte[] nonce);

  /**
   * Verifies a RESPONSE. Called outside the engine's lock, never in the loop.
   *
   * @param connection the connection
   * @param nonce the nonce of the CHALLENGE, a copy
   * @param response what came, a copy that may be kept or cleared
   * @return the verified security with the peer's call numbers
   * @throws SecurityFailure if it is refused: the connection is aborted with that code
   */
  Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
      throws SecurityFailure;

  /**
   * What a RESPONSE established.
   *
   * @param security for the connection's packets from now on
   * @param callNumbers the peer's call number of each channel; raises counters, never lowers them
   *     (R-63)
   */
  record Verified(ConnectionSecurity security, int[] callNumbers) {}
}
