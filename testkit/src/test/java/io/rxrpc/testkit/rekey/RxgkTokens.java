// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import io.rxrpc.key.RxgkToken;
import io.rxrpc.security.AuthName;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.krb.KrbException;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxgk.TokenContents;
import java.util.List;
import java.util.Random;

/** Tokens for simulated lives, and the server's key that seals them. */
public final class RxgkTokens {
  /** The client's name in all of them. */
  public static final String NAME = "alice@EXAMPLE.COM";

  private static final int KVNO = 4;
  private static final int SERVER_ENCTYPE = 18;
  private static final byte[] SERVER_KEY = octets(32, 99);

  /** The server's key. */
  public static final RxgkServerKeys KEYS = RxgkServerKeys.one(KVNO, SERVER_ENCTYPE, SERVER_KEY);

  private RxgkTokens() {}

  private static byte[] octets(int length, int seed) {
    byte[] octets = new byte[length];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  /**
   * A token that never ends.
   *
   * @param bytelife logarithm of the octets after which a key is used up, 0 = never
   */
  public static RxgkToken token(RxgkForm form, int enctype, SecurityLevel level, long bytelife) {
    try {
      byte[] k0 = octets(KerberosKey.keyLength(enctype), enctype);
      TokenContents contents =
          new TokenContents(
              enctype, k0, level.number(), 0, 0, bytelife, 0, List.of(AuthName.kerberos5(NAME)));
      KerberosKey key = KerberosKey.of(SERVER_ENCTYPE, SERVER_KEY);
      return contents.token(form, contents.seal(form, KVNO, key, new Random(enctype)));
    } catch (KrbException e) {
      throw new AssertionError(e);
    }
  }
}
