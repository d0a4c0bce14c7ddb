// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A security class for simulations: a shared secret, challenge and response, sealed packets. It
 * exercises the engine's seams and protects nothing. Two clients are equal if their secrets are.
 *
 * @param secret what both ends know
 */
public record ToySecurity(long secret) implements ClientSecurity, ServerSecurity {
  /** The class's number. */
  public static final int INDEX = 250;

  /** The client does not know the server's secret. */
  public static final int BAD_KEY = 4712;

  private static final int RESPONSE_LENGTH = 8 + 4 * Integer.BYTES;

  @Override
  public int securityIndex() {
    return INDEX;
  }

  @Override
  public boolean challenges() {
    return true;
  }

  @Override
  public ClientConnectionSecurity connect(ConnectionIdentity connection) {
    return new ToySeal(this, connection);
  }

  @Override
  public int nonceLength() {
    return Integer.BYTES;
  }

  @Override
  public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
    throw new IllegalStateException("this class challenges");
  }

  @Override
  public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
    return nonce;
  }

  /** The payload of a RESPONSE. */
  byte[] respond(ConnectionIdentity connection, byte[] challenge, int[] callNumbers)
      throws SecurityFailure {
    if (challenge.length != Integer.BYTES) {
      throw new SecurityFailure(BAD_KEY, "toy: challenge of " + challenge.length + " bytes");
    }
    ByteBuffer response = ByteBuffer.allocate(RESPONSE_LENGTH);
    response.putLong(0);
    for (int number : callNumbers) {
      response.putInt(number);
    }
    byte[] bytes = response.array();
    response.putLong(0, proof(connection, challenge, bytes));
    return bytes;
  }

  @Override
  public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket packet)
      throws SecurityFailure {
    byte[] response = packet.payload();
    if (response.length != RESPONSE_LENGTH) {
      throw new SecurityFailure(BAD_KEY, "toy: response of " + response.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(response);
    long told = in.getLong();
    int[] numbers = new int[4];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getInt();
      if (numbers[i] < 0) {
        throw new SecurityFailure(BAD_KEY, "toy: negative call number");
      }
    }
    if (told != proof(connection, nonce, response)) {
      throw new SecurityFailure(BAD_KEY, "toy: wrong proof");
    }
    return new Verified(new ToySeal(this, connection), numbers);
  }

  private long proof(ConnectionIdentity c, byte[] nonce, byte[] response) {
    long sum =
        ToySeal.mix(secret ^ ByteBuffer.wrap(nonce).getInt()) + c.cid() + ((long) c.epoch() << 32);
    for (int i = 8; i < response.length; i++) {
      sum = ToySeal.mix(sum + response[i]);
    }
    return sum;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ToySecurity t && t.secret == secret;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(secret);
  }

  @Override
  public String toString() {
    return "toy";
  }
}
