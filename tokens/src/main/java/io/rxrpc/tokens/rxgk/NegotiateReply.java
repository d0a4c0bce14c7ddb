// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/**
 * What one round of GSSNegotiate gives (rxgk.md 9.1).
 *
 * @param token for the client's GSS-API
 * @param state what the client gives back in the next round
 * @param major the status of the server's GSS-API: 0 complete, 1 more is needed
 * @param minor for people
 * @param info the sealed {@link ClientInfo} when it is complete
 */
record NegotiateReply(Octets token, Octets state, int major, int minor, Octets info) {
  static final XdrType<NegotiateReply> XDR =
      new XdrType<>("GSSNegotiate", NegotiateReply::decode, NegotiateReply::encode);

  static NegotiateReply decode(XdrReader in) throws IOException {
    return new NegotiateReply(
        in.opaqueUpTo("output_token", ClientInfo.MAX_OPAQUE),
        in.opaqueUpTo("opaque_out", ClientInfo.MAX_OPAQUE),
        in.int32("gss_major"),
        in.int32("gss_minor"),
        in.opaqueUpTo("rxgk_info", ClientInfo.MAX_OPAQUE));
  }

  static void encode(NegotiateReply v, XdrWriter out) throws IOException {
    out.opaqueUpTo("output_token", ClientInfo.MAX_OPAQUE, v.token);
    out.opaqueUpTo("opaque_out", ClientInfo.MAX_OPAQUE, v.state);
    out.int32(v.major);
    out.int32(v.minor);
    out.opaqueUpTo("rxgk_info", ClientInfo.MAX_OPAQUE, v.info);
  }
}
