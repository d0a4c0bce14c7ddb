// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.udp.Errno;
import org.jspecify.annotations.Nullable;

/** A call cannot go on. It carries no stack trace of its own: the API's exception has one. */
public final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Completion completion;

  CallFailure(Completion completion, @Nullable Throwable cause) {
    super(completion.reason(), cause, false, false);
    this.completion = completion;
  }

  /** How the call ended; never a success. */
  public Completion completion() {
    return completion;
  }

  /** Something here does not let the call go on. */
  public static CallFailure local(Errno errno, String why) {
    return new CallFailure(Ending.local(errno, why), null);
  }
}
