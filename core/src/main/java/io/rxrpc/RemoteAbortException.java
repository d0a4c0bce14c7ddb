// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/** The other end aborted the call. */
public final class RemoteAbortException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /** The abort code of the peer. */
  private final int code;

  /**
   * Made by the library.
   *
   * @param message who, what, and the code
   * @param address the other end and the service, or null
   * @param code what the peer is told
   */
  public RemoteAbortException(String message, @Nullable RxrpcAddress address, AbortCode code) {
    super(message, address, null);
    this.code = code.value();
  }

  /** {@return the code it sent} */
  public AbortCode code() {
    return new AbortCode(code);
  }
}
