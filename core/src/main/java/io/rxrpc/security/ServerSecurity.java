package io.rxrpc.security;

/** A security class as a server offers it. Safe for all threads. */
public interface ServerSecurity {

  /** The class's number on the wire, 0..255. Asked once, when a service is offered. */
  int securityIndex();

  /**
   * Whether a connection must answer a CHALLENGE before its calls are served. Asked once, when a
   * service is offered.
   */
  boolean challenges();

  /** Security of a connection of a class that does not challenge. Not called under a lock. */
  ConnectionSecurity unchallenged(ConnectionIdentity connection);

  /**
   * The payload of a CHALLENGE. Called outside the engine's lock, once a connection.
   *
   * @param nonce random, from the endpoint's source
   */
  byte[] challenge(ConnectionIdentity connection, int nonce);

  /**
   * Verifies a RESPONSE. Called outside the engine's lock, never in the loop.
   *
   * @param nonce the nonce of the CHALLENGE
   * @param response the RESPONSE's payload, a copy that may be kept or cleared
   * @return the verified security with the peer's call numbers
   * @throws SecurityFailure if it is refused: the connection is aborted with that code
   */
  Verified verify(ConnectionIdentity connection, int nonce, byte[] response) throws SecurityFailure;

  /**
   * What a RESPONSE established.
   *
   * @param security for the connection's packets from now on
   * @param callNumbers the peer's call number of each channel; raises counters, never lowers them
   *     (R-63)
   */
  record Verified(ConnectionSecurity security, int[] callNumbers) {}
}
