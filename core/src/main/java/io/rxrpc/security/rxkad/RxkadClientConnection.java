// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;

/** A client's end of an rxkad connection, which answers CHALLENGEs with its token. */
final class RxkadClientConnection extends RxkadConnection implements ClientConnectionSecurity {
  private final RxkadClient client;
  private final ConnectionIdentity connection;

  RxkadClientConnection(
      RxkadClient client, ConnectionIdentity connection, FcryptKey key, KeyCheck beforeSealing) {
    super(connection, key, client.level(), beforeSealing, KeyCheck.NONE, null);
    this.client = client;
    this.connection = connection;
  }

  @Override
  public ResponsePacket respond(byte[] challenge, int[] callNumbers) throws SecurityFailure {
    return new ResponsePacket(client.respond(connection, challenge, callNumbers));
  }
}
