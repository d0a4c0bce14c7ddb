// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.udp.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The network says that the other end cannot be reached. Only {@link io.rxrpc.udp.PortKind#LINUX}
 * learns of it; elsewhere such a call ends in a {@link CallTimeoutException}.
 */
public final class NetworkErrorException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /** The error as a number of Linux. */
  private final int number;

  /**
   * Made by the library.
   *
   * @param message who, what, and why
   * @param address the other end and the service, or null
   * @param number the Linux errno
   */
  public NetworkErrorException(String message, @Nullable RxrpcAddress address, int number) {
    super(message, address, null);
    this.number = number;
  }

  /** {@return the Linux errno} */
  public int number() {
    return number;
  }

  /** {@return the errno by name, or null for one without} */
  public @Nullable Errno errno() {
    return Errno.of(number);
  }
}
