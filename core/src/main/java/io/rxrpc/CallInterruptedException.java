// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/**
 * The thread was interrupted while it waited. The call has been aborted with RX_USER_ABORT, and the
 * thread's interrupt flag is set.
 */
public final class CallInterruptedException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the library.
   *
   * @param message who, what, and why
   * @param address the other end and the service, or null
   * @param cause what it came from
   */
  public CallInterruptedException(
      String message, @Nullable RxrpcAddress address, InterruptedException cause) {
    super(message, address, cause);
  }
}
