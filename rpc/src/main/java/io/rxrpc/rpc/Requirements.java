// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.Requirement;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may call which procedure of a service. As soon as anything is said of one procedure,
 * those of which nothing is said are denied to everybody. Immutable.
 *
 * <pre>{@code
 * Requirements.NONE
 *     .open(Sample.PROBE)
 *     .require(Sample.ADD, SecurityLevel.AUTH)
 *     .require(Sample.SHUTDOWN, SecurityLevel.ENCRYPT, administrators::contains)
 * }</pre>
 */
public final class Requirements {
  /** Nothing is said: whoever reaches the service may call every procedure. */
  public static final Requirements NONE = new Requirements(Map.of());

  /** By opcode; empty for one that is open. */
  private final Map<Integer, Optional<Requirement>> said;

  private Requirements(Map<Integer, Optional<Requirement>> said) {
    this.said = said;
  }

  /**
   * With procedures that everybody may call, verified or not.
   *
   * @param procedures the procedures
   * @return a copy with procedures that everybody may call, verified or not
   */
  public Requirements open(Procedure... procedures) {
    Requirements all = this;
    for (Procedure procedure : procedures) {
      all = all.with(procedure, Optional.empty());
    }
    return all;
  }

  /**
   * With a procedure for clients that were verified, on connections of at least this level.
   *
   * @param procedure the procedure
   * @param level the security level
   * @return a copy with a procedure for clients that were verified, on connections of at least this
   *     level
   */
  public Requirements require(Procedure procedure, SecurityLevel level) {
    return require(procedure, level, peer -> true);
  }

  /**
   * With a procedure for clients that are permitted, on connections of at least this level.
   *
   * @param procedure the procedure
   * @param level the security level
   * @param permits asked for each call, in the handler's thread, so it may block
   * @return a copy with a procedure for clients that are permitted, on connections of at least this
   *     level
   */
  public Requirements require(
      Procedure procedure, SecurityLevel level, Predicate<PeerIdentity> permits) {
    return with(procedure, Optional.of(new Requirement(level, permits)));
  }

  private Requirements with(Procedure procedure, Optional<Requirement> requirement) {
    Map<Integer, Optional<Requirement>> more = new HashMap<>(said);
    more.put(procedure.opcode(), requirement);
    return new Requirements(Map.copyOf(more));
  }

  /** The opcodes of which something is said. */
  Iterable<Integer> opcodes() {
    return said.keySet();
  }

  /** Why a call may not be served, or null if it may. */
  @Nullable SecurityRefusal refusal(
      Procedure procedure, @Nullable PeerIdentity identity, @Nullable SecurityLevel actual) {
    if (said.isEmpty()) {
      return null;
    }
    Optional<Requirement> requirement = said.get(procedure.opcode());
    if (requirement == null) {
      return SecurityRefusal.NOT_PERMITTED;
    }
    return requirement.map(r -> r.refusal(identity, actual)).orElse(null);
  }
}
