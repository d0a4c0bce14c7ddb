// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.data;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkIssuer;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxkad.ServerKeys;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keys of a server that exist in this process only, and tokens for them: what a Kerberos server and
 * a key file are elsewhere.
 */
public final class EmbeddedKeys {
  /** Who the tokens are for. */
  public static final String NAME = "demo";

  /** The cell that vouches for it. */
  public static final String CELL = "demo.example";

  /** The usual encryption type of the key for rxgk: aes256-cts-hmac-sha1-96. */
  public static final int ENCTYPE = 18;

  private static final int KVNO = 1;
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration LIFETIME = Duration.ofHours(10);

  private final SecureRandom random = new SecureRandom();
  private final byte[] key = new byte[8];
  private final int enctype;
  private final byte[] rxgkKey;

  /** With the usual type of the key for rxgk. */
  public EmbeddedKeys() {
    this(ENCTYPE);
  }

  /**
   * @param enctype of the key for rxgk, 17 to 20
   */
  public EmbeddedKeys(int enctype) {
    this.enctype = enctype;
    try {
      rxgkKey = new byte[KerberosKey.keyLength(enctype)];
    } catch (KrbException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    random.nextBytes(key);
    random.nextBytes(rxgkKey);
  }

  /** The server's key for rxkad. */
  public ServerKeys server() {
    return ServerKeys.des(KVNO, key);
  }

  /** The server's key for rxgk. */
  public RxgkServerKeys rxgkServer() {
    return RxgkServerKeys.one(KVNO, enctype, rxgkKey);
  }

  /** A token of rxkad. */
  public RxkadToken token() {
    return TicketIssuer.classic(KVNO, key, random)
        .issue(NAME, "", CELL, Instant.now().minus(SKEW), LIFETIME);
  }

  /** A token of rxgk. */
  public RxgkToken token(RxgkForm form, SecurityLevel level) {
    RxgkIssuer issuer = new RxgkIssuer(KVNO, enctype, rxgkKey, random);
    try {
      Instant now = Instant.now();
      AuthName name = AuthName.kerberos5(NAME + "@" + CELL);
      return issuer.issue(form, level, now.minus(SKEW), now.plus(LIFETIME), List.of(name));
    } finally {
      issuer.destroy();
    }
  }
}
