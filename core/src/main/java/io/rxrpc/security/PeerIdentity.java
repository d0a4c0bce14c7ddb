package io.rxrpc.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as a security class has verified it.
 *
 * @param name the principal's first component
 * @param instance its second component, empty if it has none
 * @param cell the cell or realm that vouches for the name, empty for the server's own
 * @param expiry when this knowledge ends, null = never
 * @param level the protection in force on the connection, in both directions (R-66)
 */
public record PeerIdentity(
    String name, String instance, String cell, @Nullable Instant expiry, SecurityLevel level) {

  /** {@code name}, {@code name.instance}, each with {@code @cell} if there is one. */
  public String principal() {
    return name + (instance.isEmpty() ? "" : "." + instance) + (cell.isEmpty() ? "" : "@" + cell);
  }
}
