// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.key;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;

/**
 * A client's token of rxgk: the octets for the server, which a client never looks into, and the key
 * that belongs to them (security index 4 in the form of OpenAFS, 6 in that of YFS and Linux). Equal
 * if all its fields are. Safe for all threads.
 */
public final class RxgkToken implements Token {
  /** The security index of the form that OpenAFS speaks. */
  public static final int OPENAFS = 4;

  /** The security index of the form that YFS and Linux speak. */
  public static final int YFS = 6;

  /** Octets of a key at most, of any encryption type. */
  public static final int MAX_KEY = 64;

  /** Octets for the server at most, as the protocol counts; a key of Linux holds 16384. */
  public static final int MAX_TOKEN = 1 << 20;

  private static final int MIN_LEVEL = -1;
  private static final int MAX_LEVEL = 2;

  private final int securityIndex;
  private final int enctype;
  private final byte[] k0;
  private final int level;
  private final long begin;
  private final long lifetime;
  private final long bytelife;
  private final long expiration;
  private final byte[] token;
  private volatile boolean destroyed;

  /**
   * A token. The arrays are copied; the caller erases its own.
   *
   * @param securityIndex {@link #OPENAFS} or {@link #YFS}
   * @param enctype the encryption type of the key
   * @param k0 the key, 1 to 64 octets
   * @param level the level of all connections with it: 0 clear, 1 auth, 2 encrypt; -1 as none,
   *     which Linux keeps and cannot use
   * @param begin when it begins, in units of {@link RxgkTime}
   * @param lifetime seconds after which a connection should change its key, 0 = never
   * @param bytelife after how many octets it should: their logarithm to base 2, 0 = never
   * @param expiration when it ends, in units of {@link RxgkTime}, 0 = never
   * @param token what the server is sent, at most {@link #MAX_TOKEN} octets
   */
  public RxgkToken(
      int securityIndex,
      int enctype,
      byte[] k0,
      int level,
      long begin,
      long lifetime,
      long bytelife,
      long expiration,
      byte[] token) {
    if (securityIndex != OPENAFS && securityIndex != YFS) {
      throw new IllegalArgumentException("security index " + securityIndex + " of an rxgk token");
    }
    if (k0.length < 1 || k0.length > MAX_KEY || token.length > MAX_TOKEN) {
      throw new IllegalArgumentException("key or token of a wrong length");
    }
    if (level < MIN_LEVEL || level > MAX_LEVEL) {
      throw new IllegalArgumentException("level " + level);
    }
    this.securityIndex = securityIndex;
    this.enctype = enctype;
    this.k0 = k0.clone();
    this.level = level;
    this.begin = begin;
    this.lifetime = lifetime;
    this.bytelife = bytelife;
    this.expiration = expiration;
    this.token = token.clone();
  }

  @Override
  public int securityIndex() {
    return securityIndex;
  }

  /** {@return the encryption type of the key} */
  public int enctype() {
    return enctype;
  }

  /** {@return a copy of the key, which the caller erases; zeros if the token is destroyed} */
  public byte[] k0() {
    return k0.clone();
  }

  /** {@return octets of the key} */
  public int keyLength() {
    return k0.length;
  }

  /** {@return the number of the level of all connections with it; -1 for none} */
  public int level() {
    return level;
  }

  /** {@return when it begins, in units of {@link RxgkTime}} */
  public long begin() {
    return begin;
  }

  /** {@return seconds after which a connection should change its key, 0 = never} */
  public long lifetime() {
    return lifetime;
  }

  /** {@return the logarithm to base 2 of the octets after which it should, 0 = never} */
  public long bytelife() {
    return bytelife;
  }

  /** {@return when it ends, in units of {@link RxgkTime}, 0 = never} */
  public long expiration() {
    return expiration;
  }

  @Override
  public boolean endless() {
    return expiration == 0;
  }

  @Override
  public Instant expiry() {
    return endless() ? Instant.MAX : RxgkTime.instant(expiration);
  }

  /** {@return a copy of what the server is sent} */
  public byte[] token() {
    return token.clone();
  }

  /** {@return octets of what the server is sent} */
  public int tokenLength() {
    return token.length;
  }

  @Override
  public boolean destroyed() {
    return destroyed;
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(k0, (byte) 0);
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || (o instanceof RxgkToken t
            && securityIndex == t.securityIndex
            && enctype == t.enctype
            && level == t.level
            && begin == t.begin
            && lifetime == t.lifetime
            && bytelife == t.bytelife
            && expiration == t.expiration
            && destroyed == t.destroyed
            && MessageDigest.isEqual(token, t.token)
            && MessageDigest.isEqual(k0, t.k0));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(token) + securityIndex; // the token is no secret, and stays
  }

  @Override
  public String toString() {
    return "rxgk token, security index "
        + securityIndex
        + ", encryption type "
        + enctype
        + ", level "
        + level
        + ", "
        + token.length
        + " octets"
        + (destroyed ? ", destroyed" : "");
  }
}
