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
    /**
     * Replies at once.
     *
     * @param reply the reply
     * @return the answer
     */
    public static Answer of(byte[] reply) {
      return new Answer(reply, 0, 0, Pace.FAST);
    }

    /**
     * Aborts at once.
     *
     * @param code the code
     * @return the answer
     */
    public static Answer abort(int code) {
      return new Answer(null, code, 0, Pace.FAST);
    }
  }

  /** Replies the request. */
  SimHandler ECHO = Answer::of;

  /**
   * {@return the whole request is here}
   *
   * @param request the request
   */
  Answer answer(byte[] request);

  /**
   * A part of the request is here; an answer given now ends the reading.
   *
   * @param request the request
   * @param length how many bytes
   * @return the answer, or null to read on
   */
  default @Nullable Answer early(byte[] request, int length) {
    return null;
  }

  /** {@return how the request is read} */
  default Pace pace() {
    return Pace.FAST;
  }
}
