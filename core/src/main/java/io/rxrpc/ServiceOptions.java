// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxkad.ServerKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a service is offered: which security its clients may or must use. Immutable. The types take
 * care that only what makes sense can be put together.
 *
 * <pre>{@code
 * ServiceOptions.rxkad(ServerKeys.des(1, key)).minimumLevel(Level.ENCRYPT)
 * }</pre>
 *
 * <p>What a client proved is shown by {@link ServerCall#identity} and {@link ServerCall#level}; a
 * handler that asks for something says so by {@link CallHandler#requiring}.
 */
public abstract sealed class ServiceOptions
    permits ServiceOptions.Listed, RxkadServiceOptions, RxgkServiceOptions {
  /** Without security: everybody may call, nobody is known. */
  public static final ServiceOptions UNSECURED = of(NullSecurity.INSTANCE);

  /** Whether handlers' threads are interrupted, or null for what the endpoint does. */
  final @Nullable Boolean interrupts;

  ServiceOptions(@Nullable Boolean interrupts) {
    this.interrupts = interrupts;
  }

  /**
   * With a choice of its own whether the thread of a handler is interrupted when its call fails, in
   * place of what {@link RxrpcEndpoint.Builder#interruptHandlers} says for all services.
   *
   * @param interrupt whether the handler's thread is interrupted
   * @return a copy with a choice of its own whether the thread of a handler is interrupted when its
   *     call fails, in place of what {@link RxrpcEndpoint.Builder#interruptHandlers} says for all
   *     services
   */
  public abstract ServiceOptions interruptHandlers(boolean interrupt);

  /**
   * With rxkad (security index 2) and nothing else: clients must have a ticket that was sealed with
   * one of these keys. It is weak, see {@code SECURITY.md}: 56 bits.
   *
   * @param keys the keys
   * @return the options
   */
  public static RxkadServiceOptions.Only rxkad(ServerKeys keys) {
    return new RxkadServiceOptions.Only(
        RxkadOptions.of(Objects.requireNonNull(keys, "keys")), null);
  }

  /**
   * With rxgk (security indices 4 and 6) at level encrypt and nothing else: clients must have a
   * token that was sealed with one of these keys.
   *
   * @param keys the keys
   * @return the options
   */
  public static RxgkServiceOptions rxgk(RxgkServerKeys keys) {
    return RxgkServiceOptions.of(keys);
  }

  /**
   * With exactly these security classes, one for each security index: of several with the same
   * index the last one counts.
   *
   * @param first the first of them
   * @param others the others
   * @return the options
   */
  public static ServiceOptions of(ServerSecurity first, ServerSecurity... others) {
    Map<Integer, ServerSecurity> all = new LinkedHashMap<>();
    all.put(first.securityIndex(), first);
    for (ServerSecurity other : others) {
      all.put(other.securityIndex(), other);
    }
    return new Listed(List.copyOf(all.values()), null);
  }

  abstract List<ServerSecurity> securities();

  /** For example {@code [null, rxkad, at least auth]}. */
  @Override
  public final String toString() {
    return securities().toString();
  }

  static final class Listed extends ServiceOptions {
    private final List<ServerSecurity> securities;

    Listed(List<ServerSecurity> securities, @Nullable Boolean interrupts) {
      super(interrupts);
      this.securities = securities;
    }

    @Override
    public ServiceOptions interruptHandlers(boolean interrupt) {
      return new Listed(securities, interrupt);
    }

    @Override
    List<ServerSecurity> securities() {
      return securities;
    }
  }
}
