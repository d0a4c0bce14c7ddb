// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcException;

/**
 * The call did not get through, or was ended here: unreachable, timed out, busy, interrupted. The
 * cause says which.
 */
public final class RpcTransportException extends RpcException {
  private static final long serialVersionUID = 1L;

  /** What the call itself failed with. */
  private final RxrpcException transport;

  RpcTransportException(Procedure procedure, RxrpcAddress server, RxrpcException transport) {
    super(procedure.name() + ": " + transport.getMessage(), procedure, server, transport);
    this.transport = transport;
  }

  /** {@return the same as the cause} */
  public RxrpcException transport() {
    return transport;
  }
}
