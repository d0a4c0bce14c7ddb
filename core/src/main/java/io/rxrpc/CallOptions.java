package io.rxrpc;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import java.time.Duration;
import java.util.Objects;

/** How a client makes a call. Immutable. */
public final class CallOptions {
  /** No limit but the endpoint's, no security, replies of at most 64 MiB as a whole blob. */
  public static final CallOptions DEFAULT =
      new CallOptions(Duration.ZERO, NullSecurity.INSTANCE, 64 << 20);

  private final Duration timeout;
  private final long timeoutNanos;
  private final ClientSecurity security;
  private final int maxReply;

  private CallOptions(Duration timeout, ClientSecurity security, int maxReply) {
    this.timeout = timeout;
    timeoutNanos = timeout.toNanos();
    this.security = security;
    this.maxReply = maxReply;
  }

  /**
   * With a limit of the call's whole life, from now to the last byte of the reply.
   *
   * @param limit above zero, at most 292 years
   */
  public CallOptions timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit of " + limit);
    }
    return new CallOptions(limit, security, maxReply);
  }

  /** With another security. Calls share connections only if their securities are equal. */
  public CallOptions security(ClientSecurity other) {
    return new CallOptions(timeout, Objects.requireNonNull(other, "security"), maxReply);
  }

  /**
   * With another bound for replies that are returned as one array.
   *
   * @param bytes 0 or more; a longer reply fails the call with EMSGSIZE
   */
  public CallOptions maxReply(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a reply of " + bytes + " bytes");
    }
    return new CallOptions(timeout, security, bytes);
  }

  /** The call's limit; zero when there is none but what {@code CALL_TIMEOUT} sets. */
  public Duration timeout() {
    return timeout;
  }

  /** The security of the call. */
  public ClientSecurity security() {
    return security;
  }

  /** The bound for replies that are returned as one array, in bytes. */
  public int maxReply() {
    return maxReply;
  }

  long timeoutNanos() {
    return timeoutNanos;
  }
}
