// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.xdr.Ints;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token will have, chosen by a server from what a client wants (rxgk.md 9.1).
 *
 * @param error 0, or the error of rxgk why there is none
 * @param lifetime seconds
 * @param bytelife binary logarithm of octets
 * @param expiration 100 ns since 1970, 0 = never
 */
record TokenGrant(
    int error, int enctype, SecurityLevel level, long lifetime, int bytelife, long expiration) {
  /** What a client that asks for no change of keys gets all the same. */
  private static final Duration USUAL_LIFETIME = Duration.ofHours(10);

  private static final int USUAL_BYTELIFE = 30;

  /** The longest that a client gets, as OpenAFS grants it. */
  private static final Duration MAX_LIFETIME = Duration.ofDays(7);

  private static final int MAX_BYTELIFE = 40;

  private static TokenGrant refused(int error) {
    return new TokenGrant(error, 0, SecurityLevel.CLEAR, 0, 0, 0);
  }

  /**
   * Chooses, always the first of each list that will do.
   *
   * @param least the lowest level that a token may have
   * @param end of the client's ticket; null = never
   */
  static TokenGrant choose(
      StartParams params, SecurityLevel least, Instant now, @Nullable Instant end) {
    int enctype = enctype(params.enctypes());
    SecurityLevel level = level(params.levels(), least);
    if (enctype == 0) {
      return refused(RxgkCodes.BADETYPE);
    }
    if (level == null) {
      return refused(RxgkCodes.BADLEVEL);
    }
    if (end != null && !end.isAfter(now)) {
      return refused(RxgkCodes.EXPIRED);
    }
    long lifetime = Integer.toUnsignedLong(params.lifetime());
    long bytelife = Integer.toUnsignedLong(params.bytelife());
    return new TokenGrant(
        0,
        enctype,
        level,
        lifetime == 0 ? USUAL_LIFETIME.toSeconds() : Math.min(lifetime, MAX_LIFETIME.toSeconds()),
        bytelife == 0 ? USUAL_BYTELIFE : (int) Math.min(bytelife, MAX_BYTELIFE),
        end == null ? 0 : RxgkTime.of(end));
  }

  private static int enctype(Ints wanted) {
    for (int enctype : wanted.toArray()) {
      if (KerberosKey.handles(enctype)) {
        return enctype;
      }
    }
    return 0;
  }

  private static @Nullable SecurityLevel level(Ints wanted, SecurityLevel least) {
    for (int number : wanted.toArray()) {
      SecurityLevel level = SecurityLevel.of(number);
      if (level != null && level.compareTo(least) >= 0) {
        return level;
      }
    }
    return null;
  }
}
