// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxkad.ServerKeys;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a service offers rxkad. Immutable. A service has either a least level or also calls without
 * security: what has the one has no method for the other.
 *
 * @param <T> what each option returns
 */
public abstract sealed class RxkadServiceOptions<T extends RxkadServiceOptions<T>>
    extends ServiceOptions {
  final RxkadOptions rxkad;

  private RxkadServiceOptions(RxkadOptions rxkad, @Nullable Boolean interrupts) {
    super(interrupts);
    this.rxkad = rxkad;
  }

  abstract T with(RxkadOptions changed, @Nullable Boolean interrupt);

  final T with(RxkadOptions changed) {
    return with(changed, interrupts);
  }

  @Override
  public final T interruptHandlers(boolean interrupt) {
    return with(rxkad, interrupt);
  }

  /**
   * With a look at every client whose ticket was good; who is not admitted is refused with
   * RXKADNOAUTH, for all calls of the connection. Asked once a connection, and must not block.
   *
   * @param admits whether this caller may have calls
   * @return a copy with a look at every client whose ticket was good; who is not admitted is
   *     refused with RXKADNOAUTH, for all calls of the connection
   */
  public final T admission(Predicate<PeerIdentity> admits) {
    return with(rxkad.admission(Objects.requireNonNull(admits, "admits")));
  }

  /**
   * With another time of day, by which the validity of tickets is judged.
   *
   * @param clock the wall clock
   * @return a copy with another time of day, by which the validity of tickets is judged
   */
  public final T wallClock(InstantSource clock) {
    return with(rxkad.wallClock(Objects.requireNonNull(clock, "clock")));
  }

  /**
   * Without service keys of these encryption types, although they are there: tickets sealed by them
   * are refused with RXKADUNKNOWNKEY. By default all are used that OpenAFS uses, also single DES,
   * 3DES (16) and RC4 (23), by which Active Directory seals tickets for accounts without AES keys.
   *
   * @param enctypes numbers of Kerberos encryption types; {@link ServerKeys#DES} for all of single
   *     DES and tickets of Kerberos 4
   * @return a copy without service keys of these encryption types, although they are there: tickets
   *     sealed by them are refused with RXKADUNKNOWNKEY
   */
  public final T refusingEnctypes(Set<Integer> enctypes) {
    return with(rxkad.refused(enctypes));
  }

  /**
   * Takes clients whose Kerberos 5 name has a dot in its first component. By default they are
   * refused with RXKADBADTICKET, as by OpenAFS: {@code a.b} of Kerberos 5 looks like {@code a} with
   * the instance {@code b}, as which Kerberos 5 has {@code a/b}. Where nobody has both, as in
   * realms with names like {@code first.last}, they can be taken.
   *
   * @return a copy of it
   */
  public final T allowDottedPrincipals() {
    return with(rxkad.dots(true));
  }

  @Override
  List<ServerSecurity> securities() {
    return List.of(rxkad.security());
  }

  /** With rxkad at any level, and nothing else. */
  public static final class Only extends RxkadServiceOptions<Only> {
    Only(RxkadOptions rxkad, @Nullable Boolean interrupts) {
      super(rxkad, interrupts);
    }

    /**
     * With a least level of rxkad; clients below it are refused with RXKADLEVELFAIL.
     *
     * @param least the lowest level that will do
     * @return a copy with a least level of rxkad; clients below it are refused with RXKADLEVELFAIL
     */
    public AtLeast minimumLevel(SecurityLevel least) {
      return new AtLeast(rxkad.minimum(Objects.requireNonNull(least, "least")), interrupts);
    }

    /**
     * Takes calls without security too (index 0): their {@link ServerCall#identity} is null, and a
     * handler that requires one does not see them.
     *
     * @return the or unsecured
     */
    public OrUnsecured alsoUnsecured() {
      return new OrUnsecured(rxkad, interrupts);
    }

    @Override
    Only with(RxkadOptions changed, @Nullable Boolean interrupt) {
      return new Only(changed, interrupt);
    }
  }

  /** With rxkad from some level on, and nothing else. */
  public static final class AtLeast extends RxkadServiceOptions<AtLeast> {
    private AtLeast(RxkadOptions rxkad, @Nullable Boolean interrupts) {
      super(rxkad, interrupts);
    }

    /**
     * With another least level.
     *
     * @param least the lowest level that will do
     * @return a copy with another least level
     */
    public AtLeast minimumLevel(SecurityLevel least) {
      return with(rxkad.minimum(Objects.requireNonNull(least, "least")));
    }

    @Override
    AtLeast with(RxkadOptions changed, @Nullable Boolean interrupt) {
      return new AtLeast(changed, interrupt);
    }
  }

  /** With rxkad at any level, or without any security. */
  public static final class OrUnsecured extends RxkadServiceOptions<OrUnsecured> {
    private OrUnsecured(RxkadOptions rxkad, @Nullable Boolean interrupts) {
      super(rxkad, interrupts);
    }

    @Override
    OrUnsecured with(RxkadOptions changed, @Nullable Boolean interrupt) {
      return new OrUnsecured(changed, interrupt);
    }

    @Override
    List<ServerSecurity> securities() {
      return List.of(NullSecurity.INSTANCE, rxkad.security());
    }
  }
}
