// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrType;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;

/**
 * What a client asks for (rxgk.md 9.1), the same in every round.
 *
 * @param enctypes Kerberos's numbers, best first
 * @param levels numbers of levels, best first
 * @param lifetime seconds after which a connection changes its key, unsigned, 0 = never
 * @param bytelife binary logarithm of the octets after which it does, unsigned, 0 = never
 * @param nonce the client's half of what the token's key is made of
 */
record StartParams(Ints enctypes, Ints levels, int lifetime, int bytelife, Octets nonce) {
  /** Entries of a list at most. */
  private static final int MAX_ENTRIES = 255;

  /** Octets of a nonce at most. */
  static final int MAX_NONCE = 1024;

  static final XdrType<StartParams> XDR =
      new XdrType<>("StartParams", StartParams::decode, StartParams::encode);

  static StartParams decode(XdrReader in) throws IOException {
    return new StartParams(
        in.intsUpTo("enctypes", MAX_ENTRIES),
        in.intsUpTo("levels", MAX_ENTRIES),
        in.int32("lifetime"),
        in.int32("bytelife"),
        in.opaqueUpTo("client_nonce", MAX_NONCE));
  }

  static void encode(StartParams v, XdrWriter out) throws IOException {
    out.intsUpTo("enctypes", MAX_ENTRIES, v.enctypes);
    out.intsUpTo("levels", MAX_ENTRIES, v.levels);
    out.int32(v.lifetime);
    out.int32(v.bytelife);
    out.opaqueUpTo("client_nonce", MAX_NONCE, v.nonce);
  }
}
