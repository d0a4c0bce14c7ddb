// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No token was negotiated; the message says in one line why, and what to do. */
public final class NegotiationException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The error of rxgk that the server gave, or 0. */
  private final int code;

  /**
   * A failure of this side.
   *
   * @param message the message
   */
  public NegotiationException(String message) {
    this(message, 0, null);
  }

  /**
   * @param code the error of rxgk that the server gave, 0 for none
   */
  @SuppressWarnings("NullAway") // Throwable takes a null cause
  NegotiationException(String message, int code, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** {@return the error of rxgk (draft form) that the server gave, 0 for none} */
  public int code() {
    return code;
  }
}
