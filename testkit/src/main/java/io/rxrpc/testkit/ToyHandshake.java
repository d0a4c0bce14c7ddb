package io.rxrpc.testkit;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;

/**
 * The challenge and response of {@link ToySecurity} without sealed packets, for model peers.
 *
 * @param secret what both ends know
 */
public record ToyHandshake(long secret) implements ClientSecurity {
  /** The class's number. */
  public static final int INDEX = 251;

  @Override
  public int securityIndex() {
    return INDEX;
  }

  @Override
  public ConnectionSecurity connect(ConnectionIdentity connection) {
    return NullSecurity.INSTANCE;
  }

  @Override
  public byte[] respond(ConnectionIdentity connection, byte[] challenge, int[] callNumbers)
      throws SecurityFailure {
    return new ToySecurity(secret).respond(connection, challenge, callNumbers);
  }

  /** The content of a CHALLENGE. */
  public byte[] challenge(ConnectionIdentity connection, int nonce) {
    return new ToySecurity(secret).challenge(connection, nonce);
  }

  /** The call numbers that a RESPONSE tells. */
  public int[] verify(ConnectionIdentity connection, int nonce, byte[] response)
      throws SecurityFailure {
    return new ToySecurity(secret).verify(connection, nonce, response).callNumbers();
  }
}
