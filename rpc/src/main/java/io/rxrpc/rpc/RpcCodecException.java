// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.AbortCode;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.xdr.XdrException;

/**
 * Parameters could not be encoded, or a reply not decoded, here. In the first case nothing was
 * sent; in the second, a call that was not through was aborted.
 */
public final class RpcCodecException extends RpcException {
  private static final long serialVersionUID = 1L;

  private final transient AbortCode code;

  /** What is wrong with the arguments or results. */
  private final XdrException xdr;

  RpcCodecException(Procedure procedure, RxrpcAddress server, AbortCode code, XdrException xdr) {
    super(text(procedure, server, code, xdr), procedure, server, xdr);
    this.code = code;
    this.xdr = xdr;
  }

  private static String text(
      Procedure procedure, RxrpcAddress server, AbortCode code, XdrException xdr) {
    return code.equals(GeneratedCodes.CLIENT_ENCODE)
        ? procedure.name() + " cannot be called: " + xdr.getMessage() + ": " + code
        : procedure.name()
            + " at "
            + server
            + " gave no good reply: "
            + xdr.getMessage()
            + ": "
            + code;
  }

  /** {@return RXGEN_CC_MARSHAL (-450) or RXGEN_CC_UNMARSHAL (-451)} */
  public AbortCode code() {
    return code;
  }

  /** {@return which parameter, where, and why} */
  public XdrException xdr() {
    return xdr;
  }
}
