// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxgk.TokenContents;
import io.rxrpc.xdr.Octets;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The server of AFSCombineTokens.
 *
 * @param keys what tokens are sealed with that come
 * @param servers the file servers of the cell
 * @param least the lowest level of a token
 */
record CombiningServer(
    RxgkServerKeys keys, FileServers servers, SecurityLevel least, InstantSource wallClock) {

  /**
   * Answers.
   *
   * @param caller who calls, null without security
   */
  CombineReply answer(CombineRequest asked, @Nullable PeerIdentity caller) throws IOException {
    if (caller == null || !caller.mechanism().equals(RxgkForm.OPENAFS.mechanism())) {
      throw new CallAbort(AbortCode.OPCODE);
    }
    if (caller.level().compareTo(SecurityLevel.AUTH) < 0) {
      throw new CallAbort(RxgkCodes.NOTAUTH);
    }
    RxgkIssuer issuer = servers.issuer(asked.server());
    if (issuer == null) {
      return new CombineReply(Octets.EMPTY, 0, 0, 0, 0, 0);
    }
    TokenContents user = null;
    TokenContents machine = null;
    try {
      user = open(asked.user());
      machine = asked.machine().size() == 0 ? null : open(asked.machine());
      return combined(asked, user, machine, issuer);
    } finally {
      issuer.destroy();
      if (user != null) {
        user.destroy();
      }
      if (machine != null) {
        machine.destroy();
      }
    }
  }

  /** Opens a token that may be combined: one with a name, and still valid. */
  private TokenContents open(Octets token) {
    TokenContents contents;
    try {
      contents =
          TokenContents.open(RxgkForm.OPENAFS, token.toArray(), Negotiation.SERVICE_ID, keys);
    } catch (SecurityFailure e) {
      throw new CallAbort(new AbortCode(e.abortCode()), String.valueOf(e.getMessage()), e);
    }
    boolean ended =
        contents.expiration() != 0
            && !wallClock.instant().isBefore(RxgkTime.instant(contents.expiration()));
    if (ended || contents.names().isEmpty()) {
      contents.destroy();
      throw new CallAbort(ended ? RxgkCodes.EXPIRED : RxgkCodes.NOTAUTH);
    }
    return contents;
  }

  /** What the client may have at most by both of its tokens. */
  private static StartParams both(
      CombineRequest asked, TokenContents user, @Nullable TokenContents machine) {
    return new StartParams(
        asked.enctypes(),
        asked.levels(),
        strictest((int) user.lifetime(), machine == null ? 0 : (int) machine.lifetime()),
        strictest((int) user.bytelife(), machine == null ? 0 : (int) machine.bytelife()),
        Octets.EMPTY);
  }

  private CombineReply combined(
      CombineRequest asked,
      TokenContents user,
      @Nullable TokenContents machine,
      RxgkIssuer issuer) {
    StartParams params = both(asked, user, machine);
    Instant now = wallClock.instant();
    TokenGrant grant = TokenGrant.choose(params, least, now, null);
    if (grant.error() != 0) {
      throw new CallAbort(grant.error());
    }
    long end = earliest(user.expiration(), machine == null ? 0 : machine.expiration());
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
              asked.server(),
              grant.enctype());
      TokenContents made =
          new TokenContents(
              grant.enctype(),
              key,
              grant.level().number(),
              RxgkTime.of(now),
              grant.lifetime(),
              grant.bytelife(),
              end,
              user.names());
      try {
        return new CombineReply(
            Octets.of(issuer.seal(RxgkForm.OPENAFS, made)),
            grant.enctype(),
            grant.level().number(),
            (int) grant.lifetime(),
            grant.bytelife(),
            end);
      } finally {
        made.destroy();
      }
    } catch (KrbException e) {
      throw new CallAbort(RxgkCodes.BADETYPE);
    } finally {
      Arrays.fill(own, (byte) 0);
      Arrays.fill(key, (byte) 0);
      if (other != null) {
        Arrays.fill(other, (byte) 0);
      }
    }
  }

  /** The less of two, of which 0 is the most. */
  private static int strictest(int a, int b) {
    return a == 0 || (b != 0 && Integer.compareUnsigned(b, a) < 0) ? b : a;
  }

  private static long earliest(long a, long b) {
    return a == 0 || (b != 0 && b < a) ? b : a;
  }
}
