// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;

/** The server did not do it, and says why with a code. */
public final class RpcAbortException extends RpcException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode error;

  RpcAbortException(
      Procedure procedure, RxrpcAddress server, ErrorCode error, RemoteAbortException cause) {
    super(procedure.name() + " at " + server + " failed: " + error, procedure, server, cause);
    this.error = error;
  }

  /** {@return the code, with the name and text that the client's tables have for it} */
  public ErrorCode error() {
    return error;
  }

  /** {@return the code's number} */
  public int code() {
    return error.value();
  }
}
