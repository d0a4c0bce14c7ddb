// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.ResponsePacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.wire.AbortCodes;
import org.jspecify.annotations.Nullable;

/** Gets the security of a service connection: by a RESPONSE, or at once where nobody challenges. */
final class VerifyTask extends SecurityTask {
  private static final int[] NEVER_USED = new int[4];

  private final Challenger challenger;
  private final ServiceConnection connection;
  private final ServerSecurity security;
  private final ConnectionIdentity identity;
  private final byte[] nonce;
  private final @Nullable ResponsePacket response;
  private @Nullable Protection result;
  private int[] callNumbers = NEVER_USED;

  /**
   * @param response what the client answered, or null if it was not asked
   */
  VerifyTask(
      Challenger challenger, ServiceConnection connection, @Nullable ResponsePacket response) {
    this.challenger = challenger;
    this.connection = connection;
    this.response = response;
    security = connection.serverSecurity;
    identity = connection.identity();
    nonce = connection.nonce;
  }

  @Override
  void work() throws SecurityFailure {
    ResponsePacket r = response;
    if (r == null) {
      result = protect(security.unchallenged(identity));
      return;
    }
    ServerSecurity.Verified verified = security.verify(identity, nonce.clone(), r);
    if (verified == null) {
      throw Protection.nonsense("nothing to a RESPONSE");
    }
    Protection protection = protect(verified.security());
    int[] numbers = verified.callNumbers();
    if (numbers == null || numbers.length != NEVER_USED.length) {
      clear(protection.security());
      throw Protection.nonsense(
          (numbers == null ? "no" : Integer.toString(numbers.length)) + " call numbers");
    }
    callNumbers = numbers.clone();
    result = protection;
  }

  /** What is not to be used must be cleared all the same. */
  static Protection protect(@Nullable ConnectionSecurity security) throws SecurityFailure {
    try {
      return Protection.of(security);
    } catch (SecurityFailure e) {
      if (security != null) {
        clear(security);
      }
      throw e;
    }
  }

  private static void clear(ConnectionSecurity security) {
    new Forget(security).run();
  }

  @Override
  String what() {
    return "client "
        + connection.peer.address.getAddress().getHostAddress()
        + " port "
        + connection.peer.address.getPort()
        + " of service "
        + identity.serviceId();
  }

  @Override
  public @Nullable String refusal() {
    SecurityFailure f = failure();
    if (f == null) {
      return null;
    }
    Throwable defect = f.getCause();
    return what()
        + " refused, "
        + f.getMessage()
        + ": aborted with "
        + AbortCodes.describe(f.abortCode(), identity.securityIndex())
        + (defect == null ? "" : ": " + defect);
  }

  @Override
  public void finish(long now) {
    Protection p = result;
    if (connection.closed) {
      discard();
    } else if (p != null) {
      challenger.secured(connection, p, callNumbers, now);
    } else if (response == null) {
      challenger.abort(connection, code(), reason(), now);
    } else {
      challenger.refuse(connection, code(), reason(), now);
    }
  }

  @Override
  public void discard() {
    Protection p = result;
    if (p != null) {
      connection.context.forget(p.security());
    }
  }
}
