// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.AbortCodes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers a CHALLENGE. */
final class RespondTask extends SecurityTask {
  private final Responder responder;
  private final ClientConnection connection;
  private final @Nullable ClientConnectionSecurity security;
  private final byte[] challenge;
  private final int[] callNumbers;
  private @Nullable ResponsePacket response;

  RespondTask(Responder responder, ClientConnection connection, byte[] challenge) {
    this.responder = responder;
    this.connection = connection;
    this.challenge = challenge;
    security = connection.responder;
    callNumbers = connection.callNumbers();
  }

  @Override
  void work() throws SecurityFailure {
    ClientConnectionSecurity s = security;
    if (s == null) {
      throw new SecurityFailure(
          AbortCodes.RX_PROTOCOL_ERROR, "CHALLENGE on a connection without security");
    }
    response = checked(s.respond(challenge.clone(), callNumbers.clone()));
  }

  @Override
  String what() {
    return "the answer to a CHALLENGE of " + connection.peer.address;
  }

  @Override
  public void finish(long now) {
    connection.responding = false;
    ResponsePacket r = response;
    if (connection.closed) {
      return;
    }
    if (r != null && !Arrays.equals(callNumbers, connection.callNumbers())) {
      responder.respond(connection, challenge); // a call has begun since
    } else if (r != null) {
      responder.answer(connection, r, challenge, callNumbers, now);
    } else {
      responder.abort(connection, code(), reason(), now);
    }
  }

  @Override
  public void discard() {
    response = null; // nothing in it is secret
  }
}
