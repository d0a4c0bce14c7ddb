// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import io.rxrpc.key.RxgkTime;
import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a token, which those who have the server's key make and read (rxgk.md section 3):
 * the same key as the client's, and who the client is. Safe for all threads.
 */
public final class TokenContents {
  /** The key usage that tokens are sealed for. */
  public static final int USAGE = 1036;

  private static final int MAX_NAME = 2048;
  private static final int MAX_NAMES = 64;
  private static final int LEAST_NAME = 12;

  private final int enctype;
  private final byte[] k0;
  private final int level;
  private final long start;
  private final long lifetime;
  private final long bytelife;
  private final long expiration;
  private final List<AuthName> names;

  /**
   * What a token is to hold.
   *
   * @param enctype the encryption type of the key
   * @param k0 the key, copied
   * @param level the number of the level of all connections with it, 0 to 2
   * @param start when it begins, in units of {@link RxgkTime}; only the form of YFS has it
   * @param lifetime seconds after which a connection should change its key, 0 = never
   * @param bytelife after how many octets: their logarithm to base 2, 0 = never
   * @param expiration when it ends, in units of {@link RxgkTime}, 0 = never
   * @param names who its holder is; none for somebody who has the server's key himself
   */
  public TokenContents(
      int enctype,
      byte[] k0,
      int level,
      long start,
      long lifetime,
      long bytelife,
      long expiration,
      List<AuthName> names) {
    this.enctype = enctype;
    this.k0 = k0.clone();
    this.level = level;
    this.start = start;
    this.lifetime = lifetime;
    this.bytelife = bytelife;
    this.expiration = expiration;
    this.names = List.copyOf(names);
  }

  /**
   * Seals it.
   *
   * @param form which of the two forms of rxgk
   * @param kvno the version of the server's key, above 0
   * @param serverKey the server's key
   * @param random for the confounder: a cryptographic one
   * @return the token as a client shows it
   * @throws IllegalStateException if the key has been destroyed
   */
  @SuppressWarnings("exports") // whoever has a server's keys may see that room
  public byte[] seal(RxgkForm form, int kvno, KerberosKey serverKey, RandomGenerator random) {
    byte[] confounder = new byte[KerberosKey.CONFOUNDER];
    random.nextBytes(confounder);
    byte[] plain = octets(form);
    try {
      byte[] sealed = serverKey.encrypt(USAGE, confounder, plain);
      return new TokenContainer(kvno, serverKey.enctype(), sealed).octets();
    } catch (KrbException e) {
      throw new IllegalStateException("this key makes no tokens", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * {@return the client's half of it}
   *
   * @param form which of the two forms of rxgk
   * @param sealed the sealed data
   */
  public RxgkToken token(RxgkForm form, byte[] sealed) {
    return new RxgkToken(
        form.index(), enctype, k0, level, start, lifetime, bytelife, expiration, sealed);
  }

  private byte[] octets(RxgkForm form) {
    RxgkWriter out = new RxgkWriter().int32(enctype).opaque(k0).int32(level);
    if (form == RxgkForm.YFS) {
      out.int64(start);
    }
    out.int32((int) lifetime).int32((int) bytelife).int64(expiration).int32(names.size());
    for (AuthName name : names) {
      out.int32(name.kind())
          .opaque(name.data())
          .opaque(name.display().getBytes(StandardCharsets.UTF_8));
    }
    return out.take();
  }

  /**
   * Opens a token with the key that its container names.
   *
   * @param form which of the two forms of rxgk
   * @param token as a client shows it
   * @param serviceId the service id
   * @param keys the keys
   * @return the token contents
   * @throws SecurityFailure if it is no token, no such key is here, or it was not sealed with it
   */
  public static TokenContents open(RxgkForm form, byte[] token, int serviceId, RxgkServerKeys keys)
      throws SecurityFailure {
    TokenContainer container = TokenContainer.read(form, token);
    byte[] octets = keys.find(serviceId, container.kvno(), container.enctype());
    if (octets == null) {
      throw RxgkFault.NO_KEY.in(
          form,
          "no key of version "
              + Integer.toUnsignedString(container.kvno())
              + " and encryption type "
              + container.enctype());
    }
    byte[] plain = null;
    try {
      KerberosKey key = key(container.enctype(), octets, form);
      try {
        plain = key.decrypt(USAGE, container.sealed());
      } finally {
        key.destroy();
      }
      return read(form, plain);
    } catch (KrbException e) {
      throw RxgkFault.SEALED.in(form, "the token does not open with the key that it names");
    } finally {
      erase(octets);
      erase(plain);
    }
  }

  private static KerberosKey key(int enctype, byte[] octets, RxgkForm form) throws SecurityFailure {
    try {
      return KerberosKey.of(enctype, octets);
    } catch (KrbException e) {
      throw RxgkFault.NO_KEY.in(form, "server key: " + e.getMessage());
    }
  }

  private static void erase(byte @Nullable [] secret) {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What follows its fields is of no meaning. */
  static TokenContents read(RxgkForm form, byte[] octets) throws SecurityFailure {
    RxgkReader in = new RxgkReader(form, "token", octets);
    int enctype = in.int32();
    byte[] k0 = in.opaque(octets.length);
    try {
      int level = in.int32();
      boolean yfs = form == RxgkForm.YFS;
      long start = yfs ? in.int64() : 0;
      int lifetime = in.int32();
      int bytelife = in.int32();
      long expiration = in.int64();
      List<AuthName> names = new ArrayList<>();
      int count = in.count(MAX_NAMES, LEAST_NAME);
      for (int i = 0; i < count; i++) {
        int kind = in.int32();
        byte[] data = in.opaque(MAX_NAME);
        String display = new String(in.opaque(MAX_NAME), StandardCharsets.UTF_8);
        names.add(new AuthName(kind, data, display));
      }
      return new TokenContents(
          enctype,
          k0,
          level,
          start,
          yfs ? lifetime : Integer.toUnsignedLong(lifetime),
          yfs ? bytelife : Integer.toUnsignedLong(bytelife),
          expiration,
          names);
    } finally {
      erase(k0);
    }
  }

  /**
   * The client as the token says; OpenAFS takes no more than one name, and none of kind 0.
   *
   * @throws SecurityFailure if the form has no such names
   */
  PeerIdentity identity(RxgkForm form, SecurityLevel inForce) throws SecurityFailure {
    Instant expiry = expiration == 0 ? null : RxgkTime.instant(expiration);
    if (names.isEmpty()) {
      return new PeerIdentity.Printed(form.mechanism(), expiry, inForce);
    }
    if (form == RxgkForm.OPENAFS && (names.size() > 1 || names.getFirst().kind() == 0)) {
      throw RxgkFault.IDENTITY.in(form, "a token of " + names.size() + " names");
    }
    return new PeerIdentity.Gss(form.mechanism(), names, expiry, inForce);
  }

  /** {@return the encryption type of its key} */
  public int enctype() {
    return enctype;
  }

  /** {@return a copy of its key, which the caller erases; zeros if it is destroyed} */
  public byte[] k0() {
    return k0.clone();
  }

  /** {@return the number of the level of all connections with it} */
  public int level() {
    return level;
  }

  /** {@return when it begins, in units of {@link RxgkTime}} */
  public long start() {
    return start;
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

  /** {@return who its holder is; none for somebody who has the server's key} */
  public List<AuthName> names() {
    return names;
  }

  /** Clears the key. */
  public void destroy() {
    Arrays.fill(k0, (byte) 0);
  }

  @Override
  public String toString() {
    return "rxgk token of " + (names.isEmpty() ? PeerIdentity.Printed.PRINCIPAL : names);
  }
}
