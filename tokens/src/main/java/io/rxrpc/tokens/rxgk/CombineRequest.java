// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.util.UUID;

/**
 * What AFSCombineTokens asks, without its opcode (rxgk.md 9.2).
 *
 * @param user the user's token
 * @param machine that of the machine that calls for him, empty if it has none
 * @param enctypes of the new token's key, best first
 * @param levels numbers of levels, best first
 * @param server the file server that the new token is for
 */
record CombineRequest(Octets user, Octets machine, Ints enctypes, Ints levels, UUID server) {
  private static final int MAX_ENTRIES = 255;

  static final XdrType<CombineRequest> XDR =
      new XdrType<>("AFSCombineTokens", CombineRequest::decode, CombineRequest::encode);

  static CombineRequest decode(XdrReader in) throws IOException {
    return new CombineRequest(
        in.opaqueUpTo("user_token", ClientInfo.MAX_OPAQUE),
        in.opaqueUpTo("cm_token", ClientInfo.MAX_OPAQUE),
        in.intsUpTo("enctypes", MAX_ENTRIES),
        in.intsUpTo("levels", MAX_ENTRIES),
        in.uuid("destination"));
  }

  static void encode(CombineRequest v, XdrWriter out) throws IOException {
    out.opaqueUpTo("user_token", ClientInfo.MAX_OPAQUE, v.user);
    out.opaqueUpTo("cm_token", ClientInfo.MAX_OPAQUE, v.machine);
    out.intsUpTo("enctypes", MAX_ENTRIES, v.enctypes);
    out.intsUpTo("levels", MAX_ENTRIES, v.levels);
    out.uuid(v.server);
  }
}
