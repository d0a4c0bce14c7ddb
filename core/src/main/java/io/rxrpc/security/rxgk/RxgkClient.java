// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.ClientTokens;
import io.rxrpc.key.Key;
import io.rxrpc.key.KeyException;
import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.ClientConnectionSecurity;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.ConnectionIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.udp.Errno;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * rxgk for a client's calls: a token, and the least level that will do. The level of the
 * connections is the token's, which says what it is to be used for; one that is too low is refused,
 * and none is lowered. Equal, so that calls share connections, if token and level are. Immutable
 * and safe for all threads.
 *
 * <p>The token must be valid when a connection is made, for each packet of it, and when it answers
 * a CHALLENGE.
 */
public final class RxgkClient implements ClientSecurity {
  private final RxgkToken token;
  private final RxgkForm form;
  private final @Nullable Key key;
  private final SecurityLevel least;
  private final InstantSource wallClock;
  private final RandomGenerator random;
  private final RxgkAppData appData;
  private final Scratch.Pool scratch = new Scratch.Pool();

  private RxgkClient(
      RxgkToken token,
      @Nullable Key key,
      SecurityLevel least,
      InstantSource wallClock,
      RandomGenerator random,
      RxgkAppData appData) {
    this.token = token;
    this.key = key;
    this.least = least;
    this.wallClock = wallClock;
    this.random = random;
    this.appData = appData;
    form = Objects.requireNonNull(RxgkForm.of(token.securityIndex()), "form");
  }

  /**
   * Security with a token.
   *
   * @param token the token
   * @param least the least level that the token must be for
   * @param wallClock the time of day, for the token's end, the start of connections and the life of
   *     their keys
   * @param random for confounders: a cryptographic one, safe for all threads
   */
  public RxgkClient(
      RxgkToken token, SecurityLevel least, InstantSource wallClock, RandomGenerator random) {
    this(token, null, least, wallClock, random, RxgkAppData.NONE);
  }

  /**
   * {@return security with the first rxgk token of a key of type {@code rxrpc}; revoking the key or
   * letting it expire ends it, also on connections that are in use}
   *
   * @param key the key
   * @param least the lowest level that will do
   * @param wallClock the wall clock, for the validity of tokens
   * @param random where randomness comes from
   * @throws KeyException ENOKEY if the key holds no such token, EKEYREVOKED or EKEYEXPIRED if it
   *     may not be used
   */
  public static RxgkClient of(
      Key key, SecurityLevel least, InstantSource wallClock, RandomGenerator random)
      throws KeyException {
    RxgkToken token = key.payload() instanceof ClientTokens tokens ? tokens.rxgk() : null;
    if (token == null) {
      throw new KeyException(Errno.ENOKEY, key + " holds no token of rxgk");
    }
    return new RxgkClient(token, key, least, wallClock, random, RxgkAppData.NONE);
  }

  /**
   * {@return the same with octets of the application's in the authenticators}
   *
   * @param octets the data
   */
  public RxgkClient withAppData(RxgkAppData octets) {
    return new RxgkClient(token, key, least, wallClock, random, octets);
  }

  /** {@return the level of its connections, or null if the token is for none} */
  public @Nullable SecurityLevel level() {
    return SecurityLevel.of(token.level());
  }

  /** {@return which of the two forms it speaks} */
  public RxgkForm form() {
    return form;
  }

  @Override
  public int securityIndex() {
    return form.index();
  }

  @Override
  public ClientConnectionSecurity connect(ConnectionIdentity connection) throws SecurityFailure {
    return connect(connection, Math.max(0, RxgkTime.of(wallClock.instant())));
  }

  /**
   * @param start what the connection's keys are made of besides
   */
  RxgkClientConnection connect(ConnectionIdentity connection, long start) throws SecurityFailure {
    SecurityLevel level = level();
    if (level == null) {
      throw new SecurityFailure(
          RxgkFault.LEVEL.code(form), Errno.EKEYREJECTED, form + ": a token for no level");
    }
    if (level.compareTo(least) < 0) {
      throw RxgkFault.LEVEL.in(form, "the token is for level " + level + ", not for " + least);
    }
    TransportKeys keys = new TransportKeys(k0(), connection, start);
    KeyNumbers numbers = new KeyNumbers(form, wallClock, 0, token.lifetime(), token.bytelife());
    RxgkConnection.Terms terms =
        new RxgkConnection.Terms(form, level, random, scratch, this::checkUsable, null);
    return new RxgkClientConnection(terms, keys, numbers, token.token(), appData);
  }

  private KerberosKey k0() throws SecurityFailure {
    if (!KerberosKey.handles(token.enctype())) {
      throw RxgkFault.KEY_TYPE.in(
          form, "keys of " + EnctypeNames.of(token.enctype()) + " are not used here");
    }
    byte[] octets = token.k0();
    try {
      checkUsable(); // after the copy: what was cleared meanwhile is not used
      return KerberosKey.of(token.enctype(), octets);
    } catch (KrbException e) {
      throw RxgkFault.KEY_LENGTH.in(form, String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private void checkUsable() throws SecurityFailure {
    Key k = key;
    if (k != null) {
      try {
        k.validate();
      } catch (KeyException e) {
        RxgkFault fault = e.errno() == Errno.EKEYEXPIRED ? RxgkFault.EXPIRED : RxgkFault.REVOKED;
        throw fault.in(form, String.valueOf(e.getMessage()));
      }
    }
    if (token.destroyed()) {
      throw RxgkFault.REVOKED.in(form, "the token has been revoked");
    }
    if (!token.endless() && RxgkTime.of(wallClock.instant()) >= token.expiration()) {
      throw RxgkFault.EXPIRED.in(form, "the token has expired");
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RxgkClient c
        && least == c.least
        && appData.equals(c.appData)
        && Objects.equals(key, c.key)
        && token.equals(c.token);
  }

  @Override
  public int hashCode() {
    return token.hashCode() * 31 + least.hashCode();
  }

  @Override
  public String toString() {
    return form + " " + level() + " with " + token;
  }
}
