// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;

/** Security index 0 (rxnull): packets carry the data as it is, nobody is authenticated. */
public final class NullSecurity
    implements ClientSecurity, ServerSecurity, ClientConnectionSecurity {
  /** The one instance; there is no state. */
  public static final NullSecurity INSTANCE = new NullSecurity();

  private NullSecurity() {}

  @Override
  public int securityIndex() {
    return 0;
  }

  @Override
  public ClientConnectionSecurity connect(ConnectionIdentity connection) {
    return this;
  }

  @Override
  public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
    throw new SecurityFailure(
        AbortCodes.RX_PROTOCOL_ERROR, "CHALLENGE on a connection without security");
  }

  @Override
  public boolean challenges() {
    return false;
  }

  @Override
  public int nonceLength() {
    return 0;
  }

  @Override
  public ConnectionSecurity unchallenged(ConnectionIdentity connection) {
    return this;
  }

  @Override
  public byte[] challenge(ConnectionIdentity connection, byte[] nonce) {
    throw new IllegalStateException("the null class does not challenge");
  }

  @Override
  public Verified verify(ConnectionIdentity connection, byte[] nonce, ResponsePacket response)
      throws SecurityFailure {
    throw new SecurityFailure(
        AbortCodes.RX_PROTOCOL_ERROR, "RESPONSE on a connection without security");
  }

  @Override
  public int headerRoom() {
    return 0;
  }

  @Override
  public int capacity(int payload) {
    return payload;
  }

  @Override
  public int sealedLength(int dataLength) {
    return dataLength;
  }

  @Override
  public void seal(PlainPackets packets) {}

  @Override
  public int unseal(SealedPacket packet, MemorySegment out, long outAt) {
    MemorySegment.copy(packet.memory(), packet.offset(), out, outAt, packet.length());
    return packet.length();
  }

  /** It has no codes; everybody knows these of rxkad. */
  @Override
  public int abortCode(SecurityRefusal why) {
    return switch (why) {
      case NOT_PERMITTED -> AbortCodes.RXKADNOAUTH;
      case LEVEL_TOO_LOW -> AbortCodes.RXKADLEVELFAIL;
    };
  }

  @Override
  public String toString() {
    return "null";
  }
}
