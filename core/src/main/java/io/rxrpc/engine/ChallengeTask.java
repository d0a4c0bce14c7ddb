// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity;
import org.jspecify.annotations.Nullable;

/** Makes the CHALLENGE of a service connection, which is the same however often it goes out. */
final class ChallengeTask extends SecurityTask {
  private final Challenger challenger;
  private final ServiceConnection connection;
  private final ServerSecurity security;
  private final ConnectionIdentity identity;
  private final byte[] nonce;
  private byte @Nullable [] payload;

  ChallengeTask(Challenger challenger, ServiceConnection connection) {
    this.challenger = challenger;
    this.connection = connection;
    security = connection.serverSecurity;
    identity = connection.identity();
    nonce = connection.nonce;
  }

  @Override
  void work() throws SecurityFailure {
    payload = checked(security.challenge(identity, nonce.clone()), "CHALLENGE");
  }

  @Override
  String what() {
    return "a CHALLENGE to " + connection.peer.address;
  }

  @Override
  public void finish(long now) {
    byte[] p = payload;
    if (connection.closed) {
      return;
    }
    if (p == null) {
      challenger.abort(connection, code(), reason(), now);
    } else {
      connection.challenge = p;
      challenger.sendChallenge(connection, p, now);
    }
  }

  @Override
  public void discard() {
    payload = null; // nothing in it is secret
  }
}
