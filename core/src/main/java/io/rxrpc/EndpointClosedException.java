// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/** The endpoint is closed or shutting down (ESHUTDOWN). */
public final class EndpointClosedException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /**
   * Made by the library.
   *
   * @param message who, what, and why
   * @param address the other end and the service, or null
   */
  public EndpointClosedException(String message, @Nullable RxrpcAddress address) {
    super(message, address, null);
  }
}
