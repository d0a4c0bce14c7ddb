// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

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
  public ClientConnectionSecurity connect(ConnectionIdentity connection) {
    return new Plain(new ToySecurity(secret).connect(connection));
  }

  /**
   * {@return the content of a CHALLENGE}
   *
   * @param nonce drawn anew for each
   */
  public byte[] challenge(int nonce) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(nonce).array();
  }

  /**
   * {@return the call numbers that a RESPONSE tells}
   *
   * @param connection the connection
   * @param nonce drawn anew for each
   * @param response the payload of the response
   * @throws SecurityFailure if the security class refuses
   */
  public int[] verify(ConnectionIdentity connection, int nonce, byte[] response)
      throws SecurityFailure {
    return new ToySecurity(secret)
        .verify(connection, challenge(nonce), new ResponsePacket(response))
        .callNumbers();
  }

  /** Packets as they are, and the answer of the other class. */
  private record Plain(ClientConnectionSecurity toy) implements ClientConnectionSecurity {
    @Override
    public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
      return toy.respond(challenge, callNumbers);
    }

    @Override
    public int headerRoom() {
      return NullSecurity.INSTANCE.headerRoom();
    }

    @Override
    public int capacity(int payload) {
      return NullSecurity.INSTANCE.capacity(payload);
    }

    @Override
    public int sealedLength(int dataLength) {
      return NullSecurity.INSTANCE.sealedLength(dataLength);
    }

    @Override
    public void seal(PlainPackets packets) {
      NullSecurity.INSTANCE.seal(packets);
    }

    @Override
    public int unseal(SealedPacket packet, MemorySegment out, long outAt) {
      return NullSecurity.INSTANCE.unseal(packet, out, outAt);
    }
  }
}
