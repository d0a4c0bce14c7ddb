// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/**
 * This end aborted the call: the application asked for it, or the other end broke the protocol. The
 * message tells which.
 */
public final class LocalAbortException extends RxrpcException {
  private static final long serialVersionUID = 1L;

  /** The abort code, as the peer was told. */
  private final int code;

  /**
   * Made by the library.
   *
   * @param message who, what, and the code
   * @param address the other end and the service, or null
   * @param code what the peer is told
   */
  public LocalAbortException(String message, @Nullable RxrpcAddress address, AbortCode code) {
    super(message, address, null);
    this.code = code.value();
  }

  /** {@return the code that the other end was told} */
  public AbortCode code() {
    return new AbortCode(code);
  }
}
