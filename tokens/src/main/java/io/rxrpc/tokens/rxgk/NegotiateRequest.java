// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/**
 * What one round of GSSNegotiate asks, without its opcode (rxgk.md 9.1).
 *
 * @param params the same in every round
 * @param token of the client's GSS-API
 * @param state what the server gave in the round before, empty at first
 */
record NegotiateRequest(StartParams params, Octets token, Octets state) {
  static final XdrType<NegotiateRequest> XDR =
      new XdrType<>("GSSNegotiate", NegotiateRequest::decode, NegotiateRequest::encode);

  static NegotiateRequest decode(XdrReader in) throws IOException {
    return new NegotiateRequest(
        in.struct("StartParams", StartParams::decode),
        in.opaqueUpTo("input_token", ClientInfo.MAX_OPAQUE),
        in.opaqueUpTo("opaque_in", ClientInfo.MAX_OPAQUE));
  }

  static void encode(NegotiateRequest v, XdrWriter out) throws IOException {
    out.struct("StartParams", v.params, StartParams::encode);
    out.opaqueUpTo("input_token", ClientInfo.MAX_OPAQUE, v.token);
    out.opaqueUpTo("opaque_in", ClientInfo.MAX_OPAQUE, v.state);
  }
}
