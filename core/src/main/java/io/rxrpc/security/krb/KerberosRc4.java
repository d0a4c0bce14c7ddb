// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * arcfour-hmac (RFC 4757), as Active Directory seals tickets for services whose account has no AES
 * key: the checksum in front, then confounder and text under RC4.
 */
final class KerberosRc4 {
  static final int CONFOUNDER = 8;
  static final int CHECKSUM = 16;

  private static final String HMAC = "HmacMD5";
  private static final String CIPHER = "ARCFOUR";

  private KerberosRc4() {}

  /**
   * Decrypts and verifies.
   *
   * @param sealed longer than {@link #CHECKSUM} and {@link #CONFOUNDER}
   * @return confounder and text, or null if the checksum is wrong; the caller erases it
   */
  static byte @Nullable [] decrypt(byte[] key, int usage, byte[] sealed)
      throws GeneralSecurityException {
    byte[] checksum = Arrays.copyOf(sealed, CHECKSUM);
    byte[] usageKey = hmac(key, littleEndian(usage));
    byte[] cipherKey = hmac(usageKey, checksum);
    byte[] plain = null;
    byte[] expected = null;
    boolean good = false;
    try {
      plain = rc4(cipherKey, sealed, CHECKSUM, sealed.length - CHECKSUM);
      expected = hmac(usageKey, plain);
      good = MessageDigest.isEqual(expected, checksum);
      return good ? plain : null;
    } finally {
      Des.erase(usageKey);
      Des.erase(cipherKey);
      Des.erase(expected);
      if (!good) {
        Des.erase(plain);
      }
    }
  }

  /**
   * Encrypts.
   *
   * @param whole confounder and text
   */
  static byte[] encrypt(byte[] key, int usage, byte[] whole) throws GeneralSecurityException {
    byte[] usageKey = hmac(key, littleEndian(usage));
    byte[] checksum = hmac(usageKey, whole);
    byte[] cipherKey = hmac(usageKey, checksum);
    try {
      byte[] cipherText = rc4(cipherKey, whole, 0, whole.length);
      byte[] sealed = Arrays.copyOf(checksum, CHECKSUM + cipherText.length);
      System.arraycopy(cipherText, 0, sealed, CHECKSUM, cipherText.length);
      return sealed;
    } finally {
      Des.erase(usageKey);
      Des.erase(cipherKey);
    }
  }

  private static byte[] littleEndian(int usage) {
    return new byte[] {
      (byte) usage, (byte) (usage >>> 8), (byte) (usage >>> 16), (byte) (usage >>> 24)
    };
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(data);
  }

  private static byte[] rc4(byte[] key, byte[] data, int at, int length)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, CIPHER)); // both ways the same
    return cipher.doFinal(data, at, length);
  }
}
