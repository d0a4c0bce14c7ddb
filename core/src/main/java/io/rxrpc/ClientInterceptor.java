// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

/**
 * Sees every call that an endpoint makes before it is begun: for metrics, tracing, tokens. Given to
 * {@link RxrpcEndpoint.Builder#intercept(ClientInterceptor)}.
 *
 * <pre>{@code
 * builder.intercept(call -> {
 *   call.options(call.options().token(tokens.current(), Level.ENCRYPT));
 *   long begun = System.nanoTime();
 *   call.onEnd(failure -> metrics.called(call.to(), System.nanoTime() - begun, failure));
 * });
 * }</pre>
 */
@FunctionalInterface
public interface ClientInterceptor {
  /**
   * A call is about to be made. Called in the thread that makes it, by several at once, so it may
   * block where its callers may; {@link RxrpcEndpoint#callAsync} calls it in its caller's thread,
   * too.
   *
   * @param call valid until the call has ended
   * @throws RxrpcException instead of the call, which is not made; other exceptions reach the
   *     caller, too
   */
  void intercept(OutgoingCall call) throws RxrpcException;
}
