// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as a security class has verified it. The forms are
 * closed: what permits somebody can ask which of them it has. Immutable.
 */
public sealed interface PeerIdentity {

  /**
   * {@return who it is, in one line} Whoever permits by it should also look at {@link
   * #mechanism()}: two mechanisms may give the same name to different people.
   */
  String principal();

  /**
   * {@return the security class that vouches for it: {@code rxkad}, {@code rxgk}, {@code yfs-rxgk}}
   */
  String mechanism();

  /** {@return when this knowledge ends, null = never} */
  @Nullable Instant expiry();

  /** {@return the protection in force on the connection, in both directions (R-66)} */
  SecurityLevel level();

  /**
   * A name in the form of Kerberos 4.
   *
   * @param mechanism the name of the mechanism
   * @param name the principal's first component
   * @param instance its second component, empty if it has none
   * @param cell the cell or realm that vouches for the name, empty for the server's own
   * @param expiry when it ends, or null if it does not
   * @param level the security level
   */
  record Kerberos4(
      String mechanism,
      String name,
      String instance,
      String cell,
      @Nullable Instant expiry,
      SecurityLevel level)
      implements PeerIdentity {

    /** {@code name}, {@code name.instance}, each with {@code @cell} if there is one. */
    @Override
    public String principal() {
      return name + (instance.isEmpty() ? "" : "." + instance) + (cell.isEmpty() ? "" : "@" + cell);
    }
  }

  /**
   * One or more names that GSS vouches for. Several are those of a user and of the machine that
   * calls for it, in the order in which the token has them.
   *
   * @param mechanism the name of the mechanism
   * @param names at least one
   * @param expiry when it ends, or null if it does not
   * @param level the security level
   */
  record Gss(String mechanism, List<AuthName> names, @Nullable Instant expiry, SecurityLevel level)
      implements PeerIdentity {

    /** Copies the names, of which there must be one. */
    public Gss {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("an identity without a name");
      }
    }

    /** Its only name, or all of them with {@code " + "} between them. */
    @Override
    public String principal() {
      return names.stream().map(AuthName::principal).collect(Collectors.joining(" + "));
    }
  }

  /**
   * Somebody without a name, whose token was printed with the key of the cell: whoever has that key
   * may do everything.
   *
   * @param mechanism the name of the mechanism
   * @param expiry when it ends, or null if it does not
   * @param level the security level
   */
  record Printed(String mechanism, @Nullable Instant expiry, SecurityLevel level)
      implements PeerIdentity {
    /** What stands in the place of a name; no name has these brackets without a realm behind. */
    public static final String PRINCIPAL = "<printed token>";

    /** {@link #PRINCIPAL}. */
    @Override
    public String principal() {
      return PRINCIPAL;
    }
  }
}
