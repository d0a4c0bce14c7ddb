// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No token was issued; the message says in one line why, and what to do. */
public final class KlogException extends IOException {
  private static final long serialVersionUID = 1L;

  private enum Cause {
    REFUSED,
    NETWORK,
    LOCAL_FILE
  }

  /** Whose failure it is. */
  private final Cause kind;

  @SuppressWarnings("NullAway") // Throwable takes a null cause
  private KlogException(String message, @Nullable Throwable cause, Cause kind) {
    super(message, cause);
    this.kind = kind;
  }

  KlogException(String message, Throwable cause) {
    this(message, cause, Cause.REFUSED);
  }

  KlogException(String message) {
    this(message, null, Cause.REFUSED);
  }

  /** Nobody answered. */
  static KlogException network(String message, @Nullable Throwable cause) {
    return new KlogException(message, cause, Cause.NETWORK);
  }

  /** A file of this machine, or Kerberos on it, cannot be used. */
  static KlogException local(String message, @Nullable Throwable cause) {
    return new KlogException(message, cause, Cause.LOCAL_FILE);
  }

  /** {@return whether nobody answered, rather than that somebody refused} */
  public boolean network() {
    return kind == Cause.NETWORK;
  }

  /** {@return whether a file of this machine cannot be used, so that nobody was asked} */
  public boolean localFile() {
    return kind == Cause.LOCAL_FILE;
  }
}
