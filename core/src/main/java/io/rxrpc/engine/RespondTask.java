package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers a CHALLENGE. */
final class RespondTask extends SecurityTask {
  private final Responder responder;
  private final ClientConnection connection;
  private final ClientSecurity security;
  private final ConnectionIdentity identity;
  private final byte[] challenge;
  private final int[] callNumbers;
  private byte @Nullable [] response;

  RespondTask(Responder responder, ClientConnection connection, byte[] challenge) {
    this.responder = responder;
    this.connection = connection;
    this.challenge = challenge;
    security = connection.bundle.clientSecurity;
    identity = connection.identity();
    callNumbers = connection.callNumbers();
  }

  @Override
  void work() throws SecurityFailure {
    response =
        checked(security.respond(identity, challenge.clone(), callNumbers.clone()), "RESPONSE");
  }

  @Override
  String what() {
    return "the answer to a CHALLENGE of " + connection.peer.address;
  }

  @Override
  public void finish(long now) {
    connection.responding = false;
    byte[] r = response;
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
