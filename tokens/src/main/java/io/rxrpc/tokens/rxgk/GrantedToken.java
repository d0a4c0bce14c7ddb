// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.tokens.krb5.GssContext;
import io.rxrpc.tokens.krb5.GssException;
import io.rxrpc.xdr.Octets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A token for whoever is at the other end of an established context, and what he is told of it.
 *
 * @param context the server's end
 * @param issuer seals it
 * @param random for the nonce: a cryptographic one
 */
record GrantedToken(
    GssContext context, RxgkIssuer issuer, InstantSource wallClock, RandomGenerator random) {

  /**
   * Makes it.
   *
   * @param params the octets of what the client asked for, as they came
   * @param least the lowest level
   */
  ClientInfo info(StartParams asked, byte[] params, SecurityLevel least) throws GssException {
    Instant now = wallClock.instant();
    Instant end = now.plusSeconds(context.secondsLeft());
    TokenGrant grant = TokenGrant.choose(asked, least, now, end);
    if (grant.error() != 0) {
      return ClientInfo.refusal(grant.error());
    }
    int length = keyLength(grant.enctype());
    byte[] nonce = new byte[Math.max(Negotiation.MIN_NONCE, length)];
    random.nextBytes(nonce);
    Octets serverNonce = Octets.of(nonce);
    byte[] k0 = context.pseudoRandom(Negotiation.seed(asked.nonce(), serverNonce), length);
    try {
      byte[] token = sealed(grant, k0, now);
      return new ClientInfo(
          0,
          grant.enctype(),
          grant.level().number(),
          (int) grant.lifetime(),
          grant.bytelife(),
          grant.expiration(),
          Octets.of(context.mic(params)),
          Octets.of(token),
          serverNonce);
    } finally {
      Arrays.fill(k0, (byte) 0);
    }
  }

  private static int keyLength(int enctype) {
    try {
      return KerberosKey.keyLength(enctype);
    } catch (KrbException e) {
      throw new IllegalStateException(e); // it was chosen among those there are
    }
  }

  private byte[] sealed(TokenGrant grant, byte[] k0, Instant now) throws GssException {
    TokenContents contents =
        new TokenContents(
            grant.enctype(),
            k0,
            grant.level().number(),
            RxgkTime.of(now),
            grant.lifetime(),
            grant.bytelife(),
            grant.expiration(),
            names());
    try {
      return issuer.seal(RxgkForm.OPENAFS, contents);
    } finally {
      contents.destroy();
    }
  }

  /** Nobody in particular if it is the acceptor himself, who has the cell's key anyway. */
  private List<AuthName> names() throws GssException {
    String name = context.initiatorName();
    return name.equals(context.acceptorName())
        ? List.of()
        : List.of(new AuthName(AuthName.GSS, context.initiator(), name));
  }
}
