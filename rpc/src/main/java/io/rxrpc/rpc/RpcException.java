// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RxrpcAddress;
import java.io.IOException;

/**
 * A typed call failed. The subclasses say how; the message names the procedure, the server, and the
 * code.
 */
public abstract sealed class RpcException extends IOException
    permits RpcAbortException, RpcCodecException, RpcTransportException {
  private static final long serialVersionUID = 1L;

  private final transient Procedure procedure;
  private final transient RxrpcAddress server;

  RpcException(String message, Procedure procedure, RxrpcAddress server, Throwable cause) {
    super(message, cause);
    this.procedure = procedure;
    this.server = server;
  }

  /** {@return what was called} */
  public Procedure procedure() {
    return procedure;
  }

  /** {@return where it was called} */
  public RxrpcAddress server() {
    return server;
  }
}
