// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.udp.Errno;
import org.jspecify.annotations.Nullable;

/** Something here failed or refused: a bound was reached, a key is not good, a send was refused. */
public final class LocalErrorException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /** The error as a number of Linux. */
  private final int number;

  /**
   * Made by the library.
   *
   * @param message who, what, and why
   * @param address the other end and the service, or null
   * @param number the Linux errno that fits
   * @param cause what led to it, or null
   */
  public LocalErrorException(
      String message, @Nullable RxrpcAddress address, int number, @Nullable Throwable cause) {
    super(message, address, cause);
    this.number = number;
  }

  /** {@return the Linux errno that fits} */
  public int number() {
    return number;
  }

  /** {@return the errno by name, or null for one without} */
  public @Nullable Errno errno() {
    return Errno.of(number);
  }
}
