// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import org.jspecify.annotations.Nullable;

/** What a simulated server does with a call. */
@FunctionalInterface
public interface SimHandler {
  /**
   * An answer.
   *
   * @param reply what is replied, or null to abort
   * @param abortCode the code if {@code reply} is null
   * @param think nanoseconds before the answer
   * @param pace how the reply is written
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(byte @Nullable [] reply, int abortCode, long think, Pace pace) {
    /** Replies at once. */
    public static Answer of(byte[] reply) {
      return new Answer(reply, 0, 0, Pace.FAST);
    }

    /** Aborts at once. */
    public static Answer abort(int code) {
      return new Answer(null, code, 0, Pace.FAST);
    }
  }

  /** Replies the request. */
  SimHandler ECHO = Answer::of;

  /** The whole request is here. */
  Answer answer(byte[] request);

  /** A part of the request is here; an answer given now ends the reading. */
  default @Nullable Answer early(byte[] request, int length) {
    return null;
  }

  /** How the request is read. */
  default Pace pace() {
    return Pace.FAST;
  }
}
