package io.rxrpc.security;

/**
 * A client's security for its calls: a class, a key and a level. Two calls share a connection only
 * if their client security is {@code equals}.
 */
public interface ClientSecurity {

  /** The class's number on the wire, 0..255. */
  int securityIndex();

  /**
   * Security for a new connection. Clients seal from the first packet on, before any challenge.
   * Called outside the engine's lock; the connection's calls wait for it.
   *
   * @throws SecurityFailure if the key cannot be used (any more)
   */
  ConnectionSecurity connect(ConnectionIdentity connection) throws SecurityFailure;

  /**
   * Answers a CHALLENGE. Called outside the engine's lock, never in the loop.
   *
   * @param connection which connection was challenged
   * @param challenge the CHALLENGE's payload
   * @param callNumbers the call number of each of the four channels, 0 = never used
   * @return the payload of the RESPONSE
   * @throws SecurityFailure if the challenge cannot be met: the connection is aborted
   */
  byte[] respond(ConnectionIdentity connection, byte[] challenge, int[] callNumbers)
      throws SecurityFailure;
}
