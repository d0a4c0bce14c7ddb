package io.rxrpc.tokens.klog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No token was issued; the message says in one line why, and what to do. */
public final class KlogException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean network;

  @SuppressWarnings("NullAway") // Throwable takes a null cause
  private KlogException(String message, @Nullable Throwable cause, boolean network) {
    super(message, cause);
    this.network = network;
  }

  KlogException(String message, Throwable cause) {
    this(message, cause, false);
  }

  KlogException(String message) {
    this(message, null, false);
  }

  /** Nobody answered. */
  static KlogException network(String message, @Nullable Throwable cause) {
    return new KlogException(message, cause, true);
  }

  /** Whether nobody answered, rather than that somebody refused. */
  public boolean network() {
    return network;
  }
}
