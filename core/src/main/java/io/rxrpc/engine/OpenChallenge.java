// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ResponsePacket;
import java.net.InetSocketAddress;

/**
 * A CHALLENGE that waits for the one who makes the calls to answer it. It ends unanswered with the
 * last call on its connection, or when another CHALLENGE takes its place. All methods are
 * called under the endpoint's lock.
 */
public final class OpenChallenge {
  /** What its connection makes of the answer; called once. */
  interface Answers {
    /** The security class answers. */
    void byClass(byte[] challenge);

    /** This is the answer. */
    void with(ResponsePacket response, long now);

    /** There is none: the connection ends with this abort code. */
    void not(int code, long now);
  }

  private final ConnectionHead connection;
  private final Object owner;
  private final byte[] payload;
  private final Answers answers;
  private boolean open = true;

  OpenChallenge(ConnectionHead connection, Object owner, byte[] payload, Answers answers) {
    this.connection = connection;
    this.owner = owner;
    this.payload = payload;
    this.answers = answers;
  }

  /** It cannot be answered any more. */
  void close() {
    open = false;
  }

  /** Who answers: what {@link CallWishes#challenged} was. */
  public Object owner() {
    return owner;
  }

  /** Whether it can be answered still. */
  public boolean isOpen() {
    return open;
  }

  /** The server's transport address. */
  public InetSocketAddress peer() {
    return connection.address;
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
    if (open) {
      open = false;
      answers.byClass(payload);
    }
  }

  /** Sends this RESPONSE. Does nothing if it is not open. */
  public void respond(ResponsePacket response, long now) {
    if (open) {
      open = false;
      answers.with(response, now);
    }
  }

  /** Aborts the connection and all of its calls. Does nothing if it is not open. */
  public void reject(int code, long now) {
    if (open) {
      open = false;
      answers.not(code, now);
    }
  }
}
