// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/** The other end aborted the call. */
public final class RemoteAbortException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param message who, what, and the code
   * @param address the other end and the service, or null
   */
  public RemoteAbortException(String message, @Nullable RxrpcAddress address, AbortCode code) {
    super(message, address, null);
    this.code = code.value();
  }

  /** The code it sent. */
  public AbortCode code() {
    return new AbortCode(code);
  }
}
