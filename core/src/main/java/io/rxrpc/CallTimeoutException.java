package io.rxrpc;

import org.jspecify.annotations.Nullable;

/** The call's time limit is over, or the other end has been silent for too long (ETIME). */
public final class CallTimeoutException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  CallTimeoutException(String message, @Nullable RxrpcAddress address) {
    super(message, address, null);
  }
}
