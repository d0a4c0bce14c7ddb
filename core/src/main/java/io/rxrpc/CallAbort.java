// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link CallHandler} to abort its call with a code. It carries no stack trace: it is
 * an answer, not a fault. A message and a cause stay on this side, for the log and for
 * interceptors: the client gets nothing but the code.
 */
public final class CallAbort extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The abort code, anything but 0. */
  private final int code;

  /**
   * An abort with this code.
   *
   * @param code what the peer is told
   */
  public CallAbort(AbortCode code) {
    this(code, "abort " + code, null);
  }

  /**
   * An abort with this code, anything but 0.
   *
   * @param code the code
   */
  public CallAbort(int code) {
    this(new AbortCode(code));
  }

  /**
   * An abort with this code and why.
   *
   * @param code what the peer is told
   * @param message what happened
   * @param cause what led to it, or null
   */
  public CallAbort(AbortCode code, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.code = code.value();
  }

  /** {@return the code that the client gets} */
  public AbortCode code() {
    return new AbortCode(code);
  }
}
