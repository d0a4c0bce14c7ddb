// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/**
 * What AFSCombineTokens gives (rxgk.md 9.2).
 *
 * @param token empty if that file server takes no token of rxgk now
 * @param lifetime seconds, unsigned
 * @param bytelife binary logarithm of octets, unsigned
 * @param expiration 100 ns since 1970, 0 = never
 */
record CombineReply(
    Octets token, int enctype, int level, int lifetime, int bytelife, long expiration) {
  static final XdrType<CombineReply> XDR =
      new XdrType<>("AFSCombineTokens", CombineReply::decode, CombineReply::encode);

  static CombineReply decode(XdrReader in) throws IOException {
    return new CombineReply(
        in.opaqueUpTo("new_token", ClientInfo.MAX_OPAQUE),
        in.int32("enctype"),
        in.int32("level"),
        in.int32("lifetime"),
        in.int32("bytelife"),
        in.int64("expiration"));
  }

  static void encode(CombineReply v, XdrWriter out) throws IOException {
    out.opaqueUpTo("new_token", ClientInfo.MAX_OPAQUE, v.token);
    out.int32(v.enctype);
    out.int32(v.level);
    out.int32(v.lifetime);
    out.int32(v.bytelife);
    out.int64(v.expiration);
  }
}
