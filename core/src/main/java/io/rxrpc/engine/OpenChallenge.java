package io.rxrpc.engine;

import java.net.InetSocketAddress;

/**
 * A CHALLENGE that waits for the one who makes the calls to answer it. It ends unanswered with the
 * last call on its connection, or when another CHALLENGE takes its place. All methods are
 * called under the endpoint's lock.
 */
public final class OpenChallenge {
  private final Endpoint endpoint;
  private final ClientConnection connection;
  private final Object owner;
  private final byte[] payload;

  OpenChallenge(Endpoint endpoint, ClientConnection connection, Object owner, byte[] payload) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.owner = owner;
    this.payload = payload;
  }

  /** Who answers: what {@link CallWishes#challenged} was. */
  public Object owner() {
    return owner;
  }

  /** Whether it can be answered still. */
  public boolean isOpen() {
    return connection.challenge == this;
  }

  /** The server's transport address. */
  public InetSocketAddress peer() {
    return connection.peer.address;
  }

  /** The service of the connection. */
  public int serviceId() {
    return connection.serviceId;
  }

  /** The security class's number. */
  public int securityIndex() {
    return connection.securityIndex;
  }

  /** What the server sent; not a copy. */
  public byte[] payload() {
    return payload;
  }

  /** Lets the security class answer. Does nothing if it is not open. */
  public void respond() {
    if (isOpen()) {
      connection.challenge = null;
      endpoint.handshake.respond(connection, payload);
    }
  }

  /** Sends a RESPONSE with this payload. Does nothing if it is not open. */
  public void respond(byte[] response, long now) {
    if (isOpen()) {
      connection.challenge = null;
      endpoint.handshake.respondWith(connection, response, now);
    }
  }

  /** Aborts the connection and all of its calls. Does nothing if it is not open. */
  public void reject(int code, long now) {
    if (isOpen()) {
      connection.challenge = null;
      endpoint.clientSide.abort(connection, code, "the challenge was rejected", now);
    }
  }
}
