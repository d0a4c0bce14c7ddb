// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Octets;
import io.rxrpc.xdr.XdrException;
import io.rxrpc.xdr.XdrReader;
import io.rxrpc.xdr.XdrWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The client of AFSCombineTokens: a token for one file server, out of the token of its cell and, if
 * the machine has one, that of the machine. The calls go over connections of rxgk at level auth or
 * encrypt, made with the user's token.
 */
public final class TokenCombination {
  static final int AFS_COMBINE_TOKENS = 3;

  private TokenCombination() {}

  /**
   * Asks for a token, which the caller destroys.
   *
   * @param user the cell's token, as negotiated
   * @param machine the machine's own, or null
   * @param server the file server, as the VLDB lists it
   * @param wishes what is asked for
   * @param exchange calls {@link Negotiation#SERVICE_ID} over rxgk
   * @return null if that file server takes no token of rxgk now: only then may a client use another
   *     class
   * @throws NegotiationException if the answer is not to be believed
   * @throws IOException if the call fails
   */
  public static @Nullable RxgkToken afs(
      RxgkToken user,
      @Nullable RxgkToken machine,
      UUID server,
      RxgkWishes wishes,
      Negotiation.Exchange exchange)
      throws IOException {
    XdrWriter out = new XdrWriter();
    out.int32(AFS_COMBINE_TOKENS);
    CombineRequest.XDR.encode(
        new CombineRequest(
            Octets.of(user.token()),
            machine == null ? Octets.EMPTY : Octets.of(machine.token()),
            Ints.of(wishes.enctypes().stream().mapToInt(Integer::intValue).toArray()),
            Ints.of(wishes.levels().stream().mapToInt(SecurityLevel::number).toArray()),
            server),
        out);
    CombineReply reply = decoded(exchange.call(out.toByteArray()));
    if (reply.token().size() == 0) {
      return null;
    }
    SecurityLevel level = SecurityLevel.of(reply.level());
    if (!wishes.enctypes().contains(reply.enctype())
        || level == null
        || !wishes.levels().contains(level)
        || reply.expiration() < 0) {
      throw new NegotiationException(
          "the server chose "
              + EnctypeNames.of(reply.enctype())
              + " and the level "
              + reply.level()
              + ", which was not offered: no token is made of that");
    }
    return token(user, machine, server, reply);
  }

  private static CombineReply decoded(byte[] octets) throws IOException {
    XdrReader in = XdrReader.of(octets);
    try {
      CombineReply reply = CombineReply.XDR.decode(in);
      in.end("AFSCombineTokens");
      return reply;
    } catch (XdrException e) {
      throw new NegotiationException("the server's answer is none: " + e.getMessage(), 0, e);
    }
  }

  private static RxgkToken token(
      RxgkToken user, @Nullable RxgkToken machine, UUID server, CombineReply reply)
      throws NegotiationException {
    byte[] own = user.k0();
    byte[] other = machine == null ? null : machine.k0();
    byte[] key = new byte[0];
    try {
      key =
          CombinedKey.of(
              user.enctype(),
              own,
              machine == null ? 0 : machine.enctype(),
              other,
              server,
              reply.enctype());
      return new RxgkToken(
          user.securityIndex(),
          reply.enctype(),
          key,
          reply.level(),
          user.begin(),
          Integer.toUnsignedLong(reply.lifetime()),
          Integer.toUnsignedLong(reply.bytelife()),
          reply.expiration(),
          reply.token().toArray());
    } catch (KrbException e) {
      throw new NegotiationException(
          "the tokens' keys cannot be combined: " + e.getMessage(), 0, e);
    } finally {
      Arrays.fill(own, (byte) 0);
      Arrays.fill(key, (byte) 0);
      if (other != null) {
        Arrays.fill(other, (byte) 0);
      }
    }
  }
}
