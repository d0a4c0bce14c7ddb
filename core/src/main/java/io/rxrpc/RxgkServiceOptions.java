// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.machine.Surroundings;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxgk.RxgkAdmission;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a service offers rxgk: in both forms, at level encrypt and to everybody with a token unless
 * said otherwise. Immutable.
 *
 * <p>Which class of several a connection has is its client's choice, and stays: a service that
 * offers nothing else can be had in no other way.
 */
public final class RxgkServiceOptions extends ServiceOptions {
  private final RxgkServerKeys keys;
  private final Set<RxgkForm> forms;
  private final SecurityLevel minimum;
  private final RxgkAdmission admission;
  private final InstantSource wallClock;
  private final List<ServerSecurity> others;

  private RxgkServiceOptions(
      RxgkServerKeys keys,
      Set<RxgkForm> forms,
      SecurityLevel minimum,
      RxgkAdmission admission,
      InstantSource wallClock,
      List<ServerSecurity> others,
      @Nullable Boolean interrupts) {
    super(interrupts);
    this.keys = keys;
    this.forms = forms;
    this.minimum = minimum;
    this.admission = admission;
    this.wallClock = wallClock;
    this.others = others;
  }

  static RxgkServiceOptions of(RxgkServerKeys keys) {
    return new RxgkServiceOptions(
        Objects.requireNonNull(keys, "keys"),
        EnumSet.allOf(RxgkForm.class),
        SecurityLevel.ENCRYPT,
        (peer, connection, appData) -> true,
        InstantSource.system(),
        List.of(),
        null);
  }

  private RxgkServiceOptions with(RxgkAdmission admits) {
    return new RxgkServiceOptions(keys, forms, minimum, admits, wallClock, others, interrupts);
  }

  /**
   * With another least level; clients below it are refused with RXGK_BADLEVEL. At {@code clear}
   * data can be altered unseen.
   *
   * @param least the lowest level that will do
   * @return a copy with another least level; clients below it are refused with RXGK_BADLEVEL
   */
  public RxgkServiceOptions minimumLevel(SecurityLevel least) {
    return new RxgkServiceOptions(
        keys,
        forms,
        Objects.requireNonNull(least, "least"),
        admission,
        wallClock,
        others,
        interrupts);
  }

  /**
   * In one of the forms only.
   *
   * @param form which of the two forms of rxgk
   * @return the rxgk service options
   */
  public RxgkServiceOptions only(RxgkForm form) {
    return new RxgkServiceOptions(
        keys, EnumSet.of(form), minimum, admission, wallClock, others, interrupts);
  }

  /**
   * With a look at every client whose token was good; who is not admitted is refused with
   * RXGK_NOTAUTH, for all calls of the connection. Asked once a connection, and must not block.
   *
   * @param admits whether this caller may have calls
   * @return a copy with a look at every client whose token was good; who is not admitted is refused
   *     with RXGK_NOTAUTH, for all calls of the connection
   */
  public RxgkServiceOptions admission(Predicate<PeerIdentity> admits) {
    Objects.requireNonNull(admits, "admits");
    return with((peer, connection, appData) -> admits.test(peer));
  }

  /**
   * {@return the same with what the client's application says beside its name}
   *
   * @param admits whether this caller may have calls
   */
  public RxgkServiceOptions admission(RxgkAdmission admits) {
    return with(Objects.requireNonNull(admits, "admits"));
  }

  /**
   * With another time of day, by which the validity of tokens is judged.
   *
   * @param clock the wall clock
   * @return a copy with another time of day, by which the validity of tokens is judged
   */
  public RxgkServiceOptions wallClock(InstantSource clock) {
    return new RxgkServiceOptions(
        keys,
        forms,
        minimum,
        admission,
        Objects.requireNonNull(clock, "clock"),
        others,
        interrupts);
  }

  /**
   * Also in the classes of others, for clients that have no token of rxgk. Handlers see by {@link
   * ServerCall#identity} which one a client has used.
   *
   * @param other the other
   * @return a copy of it
   */
  public RxgkServiceOptions or(ServiceOptions other) {
    List<ServerSecurity> all = new ArrayList<>(others);
    all.addAll(other.securities());
    return new RxgkServiceOptions(
        keys, forms, minimum, admission, wallClock, List.copyOf(all), interrupts);
  }

  @Override
  public RxgkServiceOptions interruptHandlers(boolean interrupt) {
    return new RxgkServiceOptions(keys, forms, minimum, admission, wallClock, others, interrupt);
  }

  @Override
  List<ServerSecurity> securities() {
    Map<Integer, ServerSecurity> all = new LinkedHashMap<>();
    for (RxgkForm form : forms) {
      all.put(
          form.index(),
          RxgkServer.builder(form, keys, wallClock, Surroundings.machine().random())
              .minimumLevel(minimum)
              .admission(admission)
              .build());
    }
    for (ServerSecurity other : others) {
      all.putIfAbsent(other.securityIndex(), other);
    }
    return List.copyOf(all.values());
  }
}
