// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/** The call's time limit is over, or the other end has been silent for too long (ETIME). */
public final class CallTimeoutException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the library.
   *
   * @param message who, what, and why
   * @param address the other end and the service, or null
   */
  public CallTimeoutException(String message, @Nullable RxrpcAddress address) {
    super(message, address, null);
  }
}
