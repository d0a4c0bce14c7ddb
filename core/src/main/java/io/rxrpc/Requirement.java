// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a handler asks of its clients. It is denied by default: a client that nothing was
 * verified about never meets a requirement, whatever the service's options let in.
 *
 * @param level the least protection of the connection
 * @param permits who may call; asked for every call, in the handler's thread
 */
public record Requirement(SecurityLevel level, Predicate<PeerIdentity> permits) {
  /** Checks that both are there. */
  public Requirement {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(permits, "permits");
  }

  /**
   * {@return why a call may not be served, or null if it may} Asks {@link #permits} in this thread.
   *
   * @param identity who calls, null if nobody was verified
   * @param actual the protection in force, null for none
   */
  public @Nullable SecurityRefusal refusal(
      @Nullable PeerIdentity identity, @Nullable SecurityLevel actual) {
    if (identity == null) {
      return SecurityRefusal.NOT_PERMITTED;
    }
    if (actual == null || actual.compareTo(level) < 0) {
      return SecurityRefusal.LEVEL_TOO_LOW;
    }
    return permits.test(identity) ? null : SecurityRefusal.NOT_PERMITTED;
  }
}
