// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import io.rxrpc.security.SecurityLevel;
import java.time.Duration;
import java.util.List;

/**
 * What a client wants of a token. Immutable.
 *
 * @param enctypes Kerberos's numbers of encryption types of the token's key, best first
 * @param levels best first; the connections made with the token have exactly the level that the
 *     server chooses
 * @param keyLifetime after which a connection changes its key, in whole seconds; zero = never
 * @param keyBytes binary logarithm of the octets after which it does; 0 = never
 */
public record RxgkWishes(
    List<Integer> enctypes, List<SecurityLevel> levels, Duration keyLifetime, int keyBytes) {
  private static final int MAX_ENTRIES = 255;

  /**
   * What OpenAFS asks for: encryption, a new key every 10 hours or GiB. All encryption types, those
   * first that most servers have.
   */
  public static final RxgkWishes DEFAULT =
      new RxgkWishes(
          List.of(18, 17, 20, 19), List.of(SecurityLevel.ENCRYPT), Duration.ofHours(10), 30);

  /** Copies the lists, which must have 1 to 255 entries. */
  public RxgkWishes {
    enctypes = List.copyOf(enctypes);
    levels = List.copyOf(levels);
    if (enctypes.isEmpty()
        || levels.isEmpty()
        || enctypes.size() > MAX_ENTRIES
        || levels.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("1 to 255 encryption types and levels");
    }
    if (keyLifetime.isNegative() || keyLifetime.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a key's lifetime of " + keyLifetime);
    }
    if (keyBytes < 0 || keyBytes > Long.SIZE - 2) {
      throw new IllegalArgumentException("2^" + keyBytes + " octets");
    }
  }

  /**
   * With exactly one level.
   *
   * @param only the one level
   * @return a copy with exactly one level
   */
  public RxgkWishes level(SecurityLevel only) {
    return new RxgkWishes(enctypes, List.of(only), keyLifetime, keyBytes);
  }

  /**
   * With other encryption types, best first.
   *
   * @param others the others
   * @return a copy with other encryption types, best first
   */
  public RxgkWishes enctypes(List<Integer> others) {
    return new RxgkWishes(others, levels, keyLifetime, keyBytes);
  }
}
