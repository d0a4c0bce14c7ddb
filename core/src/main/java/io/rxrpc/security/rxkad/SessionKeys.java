// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.krb.Des;
import io.rxrpc.wire.AbortCodes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session key that rxkad uses, from the one of a Kerberos 5 ticket (rxkad-k5-kdf, rxkad.md 8).
 * Server and client derive alike.
 */
public final class SessionKeys {
  private static final int DES_MAX = 3;
  private static final int MIN_KEY = 7;
  private static final byte[] LABEL = "rxkad".getBytes(StandardCharsets.US_ASCII);

  /** Bits of the result, as the derivation counts them. */
  private static final byte[] BITS = {0, 0, 0, 64};

  private SessionKeys() {}

  /**
   * Derives the 8-byte key. The caller owns and erases both arrays.
   *
   * @param enctype the key's Kerberos encryption type
   * @param key the key, not taken over
   * @return the data
   * @throws SecurityFailure RXKADBADTICKET for types and lengths that rxkad refuses
   */
  public static byte[] derive(int enctype, byte[] key) throws SecurityFailure {
    if (enctype >= 1 && enctype <= DES_MAX) {
      if (key.length != Des.LENGTH) {
        throw RxkadFailures.badTicket("a DES session key of " + key.length + " bytes");
      }
      return key.clone();
    }
    boolean refused =
        enctype <= 0 || enctype == 4 || enctype == 6 || (enctype >= 8 && enctype < 16);
    if (refused || key.length < MIN_KEY) {
      throw RxkadFailures.badTicket(
          "a session key of type " + enctype + ", " + key.length + " bytes");
    }
    if (enctype == 5 || enctype == 7 || enctype == 16) {
      byte[] squeezed = squeeze(key);
      try {
        return hash(squeezed);
      } finally {
        Arrays.fill(squeezed, (byte) 0);
      }
    }
    return hash(key);
  }

  /** 3DES keys lose their parity bits: 7 bytes remain of each 8. */
  private static byte[] squeeze(byte[] key) throws SecurityFailure {
    if (key.length % Des.LENGTH != 0) {
      throw RxkadFailures.badTicket("a 3DES session key of " + key.length + " bytes");
    }
    byte[] out = new byte[key.length / Des.LENGTH * 7];
    for (int group = 0; group < key.length / Des.LENGTH; group++) {
      int last = (key[group * 8 + 7] & 0xff) >>> 1;
      for (int i = 0; i < 7; i++) {
        out[group * 7 + i] = (byte) ((key[group * 8 + i] & 0xfe) | (last >>> i & 1));
      }
    }
    return out;
  }

  private static byte[] hash(byte[] key) throws SecurityFailure {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      for (int i = 1; i < 256; i++) {
        mac.update((byte) i);
        mac.update(LABEL);
        mac.update((byte) 0);
        byte[] h = mac.doFinal(BITS);
        byte[] candidate = Arrays.copyOf(h, Des.LENGTH);
        Arrays.fill(h, (byte) 0);
        Des.setParity(candidate);
        if (!Des.isWeak(candidate)) {
          return candidate;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new SecurityFailure(AbortCodes.RXKADBADKEY, "no HMAC-MD5 to derive a session key with");
    }
    throw RxkadFailures.badTicket("its session key yields no DES key");
  }
}
