// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

/**
 * Stands around every handler of an endpoint: for metrics, tracing, checks of its own. Given to
 * {@link RxrpcEndpoint.Builder#intercept(ServerInterceptor)}.
 *
 * <pre>{@code
 * builder.intercept((call, next) -> {
 *   long begun = System.nanoTime();
 *   try {
 *     next.handle(call);
 *   } finally {
 *     metrics.served(call.serviceId(), System.nanoTime() - begun);
 *   }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface ServerInterceptor {
  /**
   * Serves one call, as a handler does: by {@code next}, or without it. What {@code next} throws
   * may be let through, or turned into something else; a handler's requirement that is not met is a
   * {@link CallAbort} here. Called in the handler's thread, so it may block. Around a taker of a
   * {@link ChargedService} it returns when the taker does, not when the call ends.
   *
   * @param call valid until this returns, except to a taker
   * @param next the interceptor given after this one, or the handler; to be called once at most
   * @throws Exception what fails
   */
  void intercept(ServerCall call, CallHandler next) throws Exception;
}
