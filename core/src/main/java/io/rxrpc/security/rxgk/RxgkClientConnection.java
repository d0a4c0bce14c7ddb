// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.util.Arrays;

/** A client's end of a connection, which answers CHALLENGEs with its token. */
final class RxgkClientConnection extends RxgkConnection implements ClientConnectionSecurity {
  /** The key usage that authenticators are sealed for. */
  static final int AUTHENTICATOR = 1030;

  private static final int WIRE = 0xffff;

  private final byte[] token;
  private final RxgkAppData appData;

  RxgkClientConnection(
      Terms terms, TransportKeys keys, KeyNumbers numbers, byte[] token, RxgkAppData appData) {
    super(terms, keys, numbers, Direction.TO_SERVER, Direction.TO_CLIENT);
    this.token = token;
    this.appData = appData;
  }

  /** What follows the nonce in a CHALLENGE is of no meaning, as for OpenAFS and Linux. */
  @Override
  public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
    terms().life().check();
    if (challenge.length < Authenticator.NONCE_LENGTH) {
      throw RxgkFault.PACKET_SHORT.in(
          terms().form(), "a CHALLENGE of " + challenge.length + " octets");
    }
    byte[] nonce = Arrays.copyOf(challenge, Authenticator.NONCE_LENGTH);
    ConnectionIdentity connection = keys().connection();
    byte[] plain =
        Authenticator.of(
                nonce, appData.of(connection).clone(), terms().level(), connection, callNumbers)
            .octets();
    long number = numbers().current();
    byte[] confounder = new byte[KerberosKey.CONFOUNDER];
    terms().random().nextBytes(confounder);
    try {
      byte[] sealed = keys().key(number).encrypt(AUTHENTICATOR, confounder, plain);
      byte[] payload = new ResponseOctets(keys().start(), token, sealed).octets();
      return new ResponsePacket(payload, (int) number & WIRE);
    } catch (KrbException e) {
      throw RxgkFault.REVOKED.in(terms().form(), "the connection's key is gone");
    }
  }
}
