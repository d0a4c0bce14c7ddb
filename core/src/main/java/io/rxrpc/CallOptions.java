// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.engine.CallWishes;
import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.key.Token;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxgk.RxgkClient;
import io.rxrpc.security.rxkad.RxkadClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How a client makes a call, whichever way it does: the same for {@link RxrpcEndpoint#call}, {@link
 * RxrpcEndpoint#callAsync} and {@link RxrpcEndpoint#begin}. Immutable.
 */
public final class CallOptions {
  /** No limit but the endpoint's, no security, replies of at most 64 MiB as a whole blob. */
  public static final CallOptions DEFAULT =
      new CallOptions(Duration.ZERO, NullSecurity.INSTANCE, 64 << 20, CallWishes.NONE);

  private final Duration timeout;
  private final long timeoutNanos;
  private final ClientSecurity security;
  private final int maxReply;
  private final CallWishes wishes;

  private CallOptions(Duration timeout, ClientSecurity security, int maxReply, CallWishes wishes) {
    this.timeout = timeout;
    timeoutNanos = timeout.toNanos();
    this.security = security;
    this.maxReply = maxReply;
    this.wishes = wishes;
  }

  /**
   * With a limit of the call's whole life, from now to the last byte of the reply.
   *
   * @param limit above zero, at most 292 years
   * @return a copy with a limit of the call's whole life, from now to the last byte of the reply
   */
  public CallOptions timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit of " + limit);
    }
    return new CallOptions(limit, security, maxReply, wishes);
  }

  /**
   * With a token, as {@code klog} or a {@code TicketIssuer} makes it, and its security class. Calls
   * share connections only if token and level are equal. With rxkad, a server that asks for a
   * higher level is refused with RXKADLEVELFAIL; replies below this level are not accepted. A token
   * of rxgk is itself for a level: calls have that one, and fail with EACCES if it is below this.
   *
   * @param token the token
   * @param level the security level
   * @return a copy with a token, as {@code klog} or a {@code TicketIssuer} makes it, and its
   *     security class
   */
  public CallOptions token(Token token, SecurityLevel level) {
    return security(
        switch (token) {
          case RxkadToken t -> new RxkadClient(t, level, InstantSource.system());
          case RxgkToken t ->
              new RxgkClient(t, level, InstantSource.system(), Surroundings.machine().random());
        });
  }

  /**
   * With the token of a key of type {@code rxrpc}, for as long as the key is valid: its token of
   * rxgk if it has one, else that of rxkad.
   *
   * @param key the key
   * @param level the security level
   * @return a copy with the token of a key of type {@code rxrpc}, for as long as the key is valid
   * @throws KeyException ENOKEY if the key holds no token, EKEYREVOKED or EKEYEXPIRED if it may not
   *     be used
   */
  public CallOptions key(Key key, SecurityLevel level) throws KeyException {
    InstantSource clock = InstantSource.system();
    return security(
        key.payload() instanceof ClientTokens tokens && tokens.rxgk() != null
            ? RxgkClient.of(key, level, clock, Surroundings.machine().random())
            : RxkadClient.of(key, level, clock));
  }

  /**
   * With another security. Calls share connections only if their securities are equal.
   *
   * @param other the other
   * @return a copy with another security
   */
  public CallOptions security(ClientSecurity other) {
    return new CallOptions(timeout, Objects.requireNonNull(other, "security"), maxReply, wishes);
  }

  /**
   * With another bound for replies that are returned as one array.
   *
   * @param bytes 0 or more; a longer reply fails the call with EMSGSIZE
   * @return a copy with another bound for replies that are returned as one array
   */
  public CallOptions maxReply(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a reply of " + bytes + " bytes");
    }
    return new CallOptions(timeout, security, bytes, wishes);
  }

  /**
   * With a connection of its own for each call, which no other call uses before or after it. The
   * server sees one connection a call, and each has its own challenge where there is security.
   *
   * @param own whether it shall have a connection of its own
   * @return a copy with a connection of its own for each call, which no other call uses before or
   *     after it
   */
  public CallOptions exclusive(boolean own) {
    return with(new CallWishes(own, wishes.upgrade(), null));
  }

  /**
   * With the question whether the server has a newer form of the service, as YFS servers do: it may
   * answer as that. {@link ClientCall#serviceId} tells which one answered, and how the reply is to
   * be read. Servers that know nothing of it answer as the service that was called. Calls that ask
   * share no connections with those that do not.
   *
   * @param ask whether to ask for the upgrade
   * @return a copy with the question whether the server has a newer form of the service, as YFS
   *     servers do: it may answer as that
   */
  public CallOptions upgrade(boolean ask) {
    return with(new CallWishes(wishes.exclusive(), ask, null));
  }

  private CallOptions with(CallWishes others) {
    return new CallOptions(timeout, security, maxReply, others);
  }

  /** {@return the call's limit; zero when there is none but what {@code CALL_TIMEOUT} sets} */
  public Duration timeout() {
    return timeout;
  }

  /** {@return the security of the call} */
  public ClientSecurity security() {
    return security;
  }

  /** {@return the bound for replies that are returned as one array, in bytes} */
  public int maxReply() {
    return maxReply;
  }

  /** {@return whether each call has a connection of its own} */
  public boolean exclusive() {
    return wishes.exclusive();
  }

  /** {@return whether the server is asked for a newer service} */
  public boolean upgrade() {
    return wishes.upgrade();
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  CallWishes wishes() {
    return wishes;
  }
}
