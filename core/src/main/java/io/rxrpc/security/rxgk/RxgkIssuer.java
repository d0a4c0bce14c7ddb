// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens out of a server's own key: whoever has the key may be anybody. Safe for all threads
 * if its source of randomness is.
 */
public final class RxgkIssuer {
  /** After which a connection changes its key, as OpenAFS writes it into the tokens it prints. */
  private static final Duration KEY_LIFETIME = Duration.ofHours(10);

  /** The octets after which it does, as a binary logarithm. */
  private static final int KEY_BYTES = 30;

  private final int kvno;
  private final KerberosKey key;
  private final RandomGenerator random;

  /**
   * Makes tokens with one key.
   *
   * @param kvno the key's version, above 0
   * @param enctype 17 to 20
   * @param key of the type's length, copied
   * @param random for the tokens' keys and confounders: a cryptographic one
   */
  public RxgkIssuer(int kvno, int enctype, byte[] key, RandomGenerator random) {
    if (kvno <= 0) {
      throw new IllegalArgumentException("key version " + kvno + " of a token");
    }
    this.kvno = kvno;
    this.random = random;
    try {
      this.key = KerberosKey.of(enctype, key);
    } catch (KrbException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** {@return the version of its key} */
  public int kvno() {
    return kvno;
  }

  /** {@return the encryption type of its key} */
  public int enctype() {
    return key.enctype();
  }

  /**
   * {@return a printed token: nobody in particular, and so the superuser}
   *
   * @param form which of the two forms of rxgk
   * @param level exactly the level of its connections
   * @param start when it begins to be valid
   * @param end null = never
   */
  public RxgkToken print(RxgkForm form, SecurityLevel level, Instant start, @Nullable Instant end) {
    return issue(form, level, start, end, List.of());
  }

  /**
   * {@return a token of these names}
   *
   * @param form which of the two forms of rxgk
   * @param level exactly the level of its connections
   * @param start when it begins to be valid
   * @param end null = never
   * @param names none = a printed token; OpenAFS's servers take one at most
   */
  public RxgkToken issue(
      RxgkForm form,
      SecurityLevel level,
      Instant start,
      @Nullable Instant end,
      List<AuthName> names) {
    byte[] k0 = new byte[key.bytes().length];
    random.nextBytes(k0);
    TokenContents contents =
        new TokenContents(
            key.enctype(),
            k0,
            level.number(),
            RxgkTime.of(start),
            KEY_LIFETIME.toSeconds(),
            KEY_BYTES,
            end == null ? 0 : RxgkTime.of(end),
            names);
    try {
      return contents.token(form, seal(form, contents));
    } finally {
      contents.destroy();
      Arrays.fill(k0, (byte) 0);
    }
  }

  /**
   * {@return the container of a token, as a server takes it in a RESPONSE}
   *
   * @param form which of the two forms of rxgk
   * @param contents what the token says
   */
  public byte[] seal(RxgkForm form, TokenContents contents) {
    return contents.seal(form, kvno, key, random);
  }

  /** Clears the key. */
  public void destroy() {
    key.destroy();
  }

  @Override
  public String toString() {
    return "issuer of rxgk tokens, kvno " + kvno + ", enctype " + key.enctype();
  }
}
