// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/**
 * What a client is told under the protection of GSS-API (rxgk.md 9.1).
 *
 * @param errorcode 0, or why there is no token: then all else is 0 or empty
 * @param lifetime seconds, unsigned
 * @param bytelife binary logarithm of octets, unsigned
 * @param expiration 100 ns since 1970, 0 = never
 * @param mic the server's checksum over the StartParams that it got
 * @param token the token container
 * @param serverNonce the server's half of what the token's key is made of
 */
record ClientInfo(
    int errorcode,
    int enctype,
    int level,
    int lifetime,
    int bytelife,
    long expiration,
    Octets mic,
    Octets token,
    Octets serverNonce) {
  private static final int MAX_MIC = 1024;
  static final int MAX_OPAQUE = 1 << 20;

  static final XdrType<ClientInfo> XDR =
      new XdrType<>("ClientInfo", ClientInfo::decode, ClientInfo::encode);

  /** Says that there is no token, and why. */
  static ClientInfo refusal(int errorcode) {
    return new ClientInfo(errorcode, 0, 0, 0, 0, 0, Octets.EMPTY, Octets.EMPTY, Octets.EMPTY);
  }

  static ClientInfo decode(XdrReader in) throws IOException {
    return new ClientInfo(
        in.int32("errorcode"),
        in.int32("enctype"),
        in.int32("level"),
        in.int32("lifetime"),
        in.int32("bytelife"),
        in.int64("expiration"),
        in.opaqueUpTo("mic", MAX_MIC),
        in.opaqueUpTo("token", MAX_OPAQUE),
        in.opaqueUpTo("server_nonce", StartParams.MAX_NONCE));
  }

  static void encode(ClientInfo v, XdrWriter out) throws IOException {
    out.int32(v.errorcode);
    out.int32(v.enctype);
    out.int32(v.level);
    out.int32(v.lifetime);
    out.int32(v.bytelife);
    out.int64(v.expiration);
    out.opaqueUpTo("mic", MAX_MIC, v.mic);
    out.opaqueUpTo("token", MAX_OPAQUE, v.token);
    out.opaqueUpTo("server_nonce", StartParams.MAX_NONCE, v.serverNonce);
  }
}
