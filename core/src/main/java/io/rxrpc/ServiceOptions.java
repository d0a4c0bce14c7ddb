package io.rxrpc;

import io.rxrpc.security.Level;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxkad.ServerKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a service is offered: which security its clients may or must use. Immutable.
 *
 * <pre>{@code
 * ServiceOptions.rxkad(ServerKeys.des(1, key)).minimumLevel(Level.ENCRYPT)
 * }</pre>
 *
 * <p>What a client proved is shown by {@link ServerCall#identity} and {@link ServerCall#level}; a
 * handler that asks for something says so by {@link CallHandler#requiring}.
 */
public final class ServiceOptions {
  /** Without security: everybody may call, nobody is known. */
  public static final ServiceOptions UNSECURED = new ServiceOptions(null, true, List.of());

  private final @Nullable RxkadOptions rxkad;
  private final boolean unsecured;
  private final List<ServerSecurity> others;

  private ServiceOptions(
      @Nullable RxkadOptions rxkad, boolean unsecured, List<ServerSecurity> others) {
    if (unsecured && rxkad != null && rxkad.minimum() != Level.CLEAR) {
      throw new IllegalArgumentException(
          "a service with a minimum level of "
              + rxkad.minimum()
              + " cannot take calls without security");
    }
    this.rxkad = rxkad;
    this.unsecured = unsecured;
    this.others = others;
  }

  /**
   * With rxkad (security index 2) and nothing else: clients must have a ticket that was sealed with
   * one of these keys. It is weak, see {@code SECURITY.md}: 56 bits.
   */
  public static ServiceOptions rxkad(ServerKeys keys) {
    return new ServiceOptions(
        RxkadOptions.of(Objects.requireNonNull(keys, "keys")), false, List.of());
  }

  /**
   * With exactly these security classes, each with an index of its own.
   *
   * @throws IllegalArgumentException if there is none, or two have the same index
   */
  public static ServiceOptions of(List<ServerSecurity> securities) {
    if (securities.isEmpty()
        || securities.stream().map(ServerSecurity::securityIndex).distinct().count()
            < securities.size()) {
      throw new IllegalArgumentException("one security class for each index: " + securities);
    }
    return new ServiceOptions(null, false, List.copyOf(securities));
  }

  /**
   * With a least level of rxkad; clients below it are refused with RXKADLEVELFAIL.
   *
   * @throws IllegalArgumentException above {@link Level#CLEAR} where calls without security are
   *     taken
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions minimumLevel(Level least) {
    return with(rxkad().minimum(Objects.requireNonNull(least, "least")));
  }

  /**
   * With a look at every client whose ticket was good; who is not admitted is refused with
   * RXKADNOAUTH, for all calls of the connection. Asked once a connection, and must not block.
   *
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions admission(Predicate<PeerIdentity> admits) {
    return with(rxkad().admission(Objects.requireNonNull(admits, "admits")));
  }

  /**
   * With another time of day, by which the validity of tickets is judged.
   *
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions wallClock(InstantSource clock) {
    return with(rxkad().wallClock(Objects.requireNonNull(clock, "clock")));
  }

  /**
   * Without service keys of these encryption types, although they are there: tickets sealed by them
   * are refused with RXKADUNKNOWNKEY. By default all are used that OpenAFS uses, also single DES,
   * 3DES (16) and RC4 (23), by which Active Directory seals tickets for accounts without AES keys.
   *
   * @param enctypes numbers of Kerberos encryption types; {@link ServerKeys#DES} for all of single
   *     DES and tickets of Kerberos 4
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions refusingEnctypes(Set<Integer> enctypes) {
    return with(rxkad().refused(enctypes));
  }

  /**
   * Takes clients whose Kerberos 5 name has a dot in its first component. By default they are
   * refused with RXKADBADTICKET, as by OpenAFS: {@code a.b} of Kerberos 5 looks like {@code a} with
   * the instance {@code b}, as which Kerberos 5 has {@code a/b}. Where nobody has both, as in
   * realms with names like {@code first.last}, they can be taken.
   *
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions allowDottedPrincipals() {
    return with(rxkad().dots(true));
  }

  /**
   * Takes calls without security too (index 0): their {@link ServerCall#identity} is null, and a
   * handler that requires one does not see them.
   *
   * @throws IllegalArgumentException where a level above {@link Level#CLEAR} is the least
   */
  public ServiceOptions alsoUnsecured() {
    return new ServiceOptions(rxkad, true, others);
  }

  private RxkadOptions rxkad() {
    RxkadOptions r = rxkad;
    if (r == null) {
      throw new IllegalStateException("this is an option of rxkad");
    }
    return r;
  }

  private ServiceOptions with(RxkadOptions changed) {
    return new ServiceOptions(changed, unsecured, others);
  }

  List<ServerSecurity> securities() {
    List<ServerSecurity> all = new ArrayList<>(others);
    if (unsecured) {
      all.removeIf(s -> s.securityIndex() == NullSecurity.INSTANCE.securityIndex());
      all.add(NullSecurity.INSTANCE);
    }
    RxkadOptions r = rxkad;
    if (r != null) {
      all.add(r.security());
    }
    return all;
  }

  /** For example {@code [null, rxkad, at least auth]}. */
  @Override
  public String toString() {
    return securities().toString();
  }
}
