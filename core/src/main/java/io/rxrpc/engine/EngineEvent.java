// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that has happened in an endpoint and concerns its host: what {@link Endpoint#poll}
 * returns. Sealed, so that a host which forgets a kind does not compile.
 */
public sealed interface EngineEvent {
  /**
   * Something has happened to a call; {@link Call#takeEvents} tells what. There is one such object
   * for an endpoint: it is valid until the next {@link Endpoint#poll}.
   */
  final class OfCall implements EngineEvent {
    private Call call;

    private OfCall(Call first) {
      call = first;
    }

    /** One for a call: {@code before}, used again, or a new one if that is null. */
    static OfCall of(@Nullable OfCall before, Call call) {
      if (before == null) {
        return new OfCall(call);
      }
      before.call = call;
      return before;
    }

    /** The call. */
    public Call call() {
      return call;
    }
  }

  /** Work of a security class is to be done: {@link SecurityTask#run} outside the lock. */
  record Work(SecurityTask task) implements EngineEvent {}

  /**
   * A CHALLENGE came whose {@link OpenChallenge#owner} is to answer it, or is to forget it because
   * it is not open any more.
   */
  record Challenged(OpenChallenge challenge) implements EngineEvent {}

  /** A peer has answered a VERSION request. */
  record VersionTold(VersionReply reply) implements EngineEvent {}

  /** A peer has answered a DEBUG request. */
  record DebugTold(DebugReply reply) implements EngineEvent {}
}
