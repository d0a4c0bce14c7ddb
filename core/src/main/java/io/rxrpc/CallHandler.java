// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Serves the calls of a service. It may block, and several calls are served at once, each in a
 * virtual thread of its own. With {@link RxrpcEndpoint.Builder#handleInLoop} one that comes back
 * within microseconds is run in the endpoint's loop, where the packet is. Whoever wants it
 * otherwise gives an executor: {@link #on}, or {@link RxrpcEndpoint.Builder#handlerExecutor} for
 * all.
 *
 * <p>So nothing should be kept in thread-locals from one call to the next, and nothing is to be
 * concluded from the thread that it runs in.
 */
@FunctionalInterface
public interface CallHandler {
  /** What {@link #blob(Function)} takes of a request, in bytes. */
  int MAX_BLOB = 64 << 20;

  /**
   * Serves one call. A normal return ends the reply, which may be empty. What it throws aborts the
   * call: a {@link CallAbort} with its code, anything else with RX_USER_ABORT (-6) and a warning in
   * the log, unless the call itself had failed.
   *
   * @param call valid until this returns
   * @throws Exception what fails
   */
  void handle(ServerCall call) throws Exception;

  /**
   * {@return what its clients must have proved, or null for nothing} Whoever does not meet it is
   * aborted with the code of their security class, as RXKADNOAUTH (not known, or not permitted) or
   * RXKADLEVELFAIL, before {@link #handle} runs.
   */
  default @Nullable Requirement requirement() {
    return null;
  }

  /**
   * {@return what runs it, or null for what the endpoint does} Asked once, when it is served.
   *
   * @see #on
   */
  default @Nullable Executor executor() {
    return null;
  }

  /**
   * {@return this handler, each call run by an executor of its own choice} For example {@link
   * java.util.concurrent.Executors#newVirtualThreadPerTaskExecutor()}: what the endpoint was given
   * or finds out does not count. A call that the executor refuses is answered BUSY.
   *
   * @param threads runs each call
   */
  default CallHandler on(Executor threads) {
    return new PlacedHandler(this, Objects.requireNonNull(threads, "threads"));
  }

  /**
   * {@return this handler for clients that were verified, on connections of at least this level}
   *
   * @param level the security level
   */
  default CallHandler requiring(SecurityLevel level) {
    return requiring(level, peer -> true);
  }

  /**
   * {@return this handler for clients that are permitted, on connections of at least this level}
   *
   * @param level the security level
   * @param permits asked for each call, in the handler's thread, so it may block
   */
  default CallHandler requiring(SecurityLevel level, Predicate<PeerIdentity> permits) {
    return new RequiringHandler(this, new Requirement(level, permits));
  }

  /**
   * {@return a handler for clients that are permitted, on connections of at least this level:
   * {@link #requiring(SecurityLevel, Predicate)} for a lambda}
   *
   * @param level the security level
   * @param permits asked for each call, in the handler's thread, so it may block
   * @param handler handles the calls
   */
  static CallHandler requiring(
      SecurityLevel level, Predicate<PeerIdentity> permits, CallHandler handler) {
    return handler.requiring(level, permits);
  }

  /**
   * {@return a handler of whole blobs: the function gets the request and returns the reply} A
   * request of more than {@link #MAX_BLOB} bytes is aborted.
   *
   * @param function makes the reply of the request
   */
  static CallHandler blob(Function<byte[], byte[]> function) {
    return blob(MAX_BLOB, function);
  }

  /**
   * {@return the same with another bound for requests, in bytes}
   *
   * @param maxRequest the longest request, in bytes
   * @param function makes the reply of the request
   */
  static CallHandler blob(int maxRequest, Function<byte[], byte[]> function) {
    return call -> call.endReply(function.apply(call.readAll(maxRequest)));
  }
}
