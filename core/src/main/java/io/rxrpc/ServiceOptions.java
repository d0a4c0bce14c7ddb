package io.rxrpc;

import io.rxrpc.security.Level;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxkad.RxkadServer;
import io.rxrpc.security.rxkad.ServerKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  public static final ServiceOptions UNSECURED =
      new ServiceOptions(null, Level.CLEAR, peer -> true, InstantSource.system(), true, List.of());

  private final @Nullable ServerKeys rxkadKeys;
  private final Level minimum;
  private final Predicate<PeerIdentity> admission;
  private final InstantSource wallClock;
  private final boolean unsecured;
  private final List<ServerSecurity> others;

  private ServiceOptions(
      @Nullable ServerKeys rxkadKeys,
      Level minimum,
      Predicate<PeerIdentity> admission,
      InstantSource wallClock,
      boolean unsecured,
      List<ServerSecurity> others) {
    if (unsecured && minimum != Level.CLEAR) {
      throw new IllegalArgumentException(
          "a service with a minimum level of " + minimum + " cannot take calls without security");
    }
    this.rxkadKeys = rxkadKeys;
    this.minimum = minimum;
    this.admission = admission;
    this.wallClock = wallClock;
    this.unsecured = unsecured;
    this.others = others;
  }

  /**
   * With rxkad (security index 2) and nothing else: clients must have a ticket that was sealed with
   * one of these keys. It is weak, see {@code SECURITY.md}: 56 bits.
   */
  public static ServiceOptions rxkad(ServerKeys keys) {
    return new ServiceOptions(
        Objects.requireNonNull(keys, "keys"),
        Level.CLEAR,
        peer -> true,
        InstantSource.system(),
        false,
        List.of());
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
    return new ServiceOptions(
        null, Level.CLEAR, peer -> true, InstantSource.system(), false, List.copyOf(securities));
  }

  /**
   * With a least level of rxkad; clients below it are refused with RXKADLEVELFAIL.
   *
   * @throws IllegalArgumentException above {@link Level#CLEAR} where calls without security are
   *     taken
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions minimumLevel(Level least) {
    checkRxkad();
    return new ServiceOptions(rxkadKeys, least, admission, wallClock, unsecured, others);
  }

  /**
   * With a look at every client whose ticket was good; who is not admitted is refused with
   * RXKADNOAUTH, for all calls of the connection. Asked once a connection, and must not block.
   *
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions admission(Predicate<PeerIdentity> admits) {
    checkRxkad();
    return new ServiceOptions(
        rxkadKeys, minimum, Objects.requireNonNull(admits, "admits"), wallClock, unsecured, others);
  }

  /**
   * With another time of day, by which the validity of tickets is judged.
   *
   * @throws IllegalStateException without rxkad
   */
  public ServiceOptions wallClock(InstantSource clock) {
    checkRxkad();
    return new ServiceOptions(
        rxkadKeys, minimum, admission, Objects.requireNonNull(clock, "clock"), unsecured, others);
  }

  /**
   * Takes calls without security too (index 0): their {@link ServerCall#identity} is null, and a
   * handler that requires one does not see them.
   *
   * @throws IllegalArgumentException where a level above {@link Level#CLEAR} is the least
   */
  public ServiceOptions alsoUnsecured() {
    return new ServiceOptions(rxkadKeys, minimum, admission, wallClock, true, others);
  }

  private void checkRxkad() {
    if (rxkadKeys == null) {
      throw new IllegalStateException("this is an option of rxkad");
    }
  }

  List<ServerSecurity> securities() {
    List<ServerSecurity> all = new ArrayList<>(others);
    if (unsecured) {
      all.removeIf(s -> s.securityIndex() == NullSecurity.INSTANCE.securityIndex());
      all.add(NullSecurity.INSTANCE);
    }
    ServerKeys keys = rxkadKeys;
    if (keys != null) {
      all.add(
          RxkadServer.builder(keys, wallClock).minimumLevel(minimum).admission(admission).build());
    }
    return all;
  }

  /** For example {@code [null, rxkad, at least auth]}. */
  @Override
  public String toString() {
    return securities().toString();
  }
}
