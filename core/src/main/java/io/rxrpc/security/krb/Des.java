// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** DES, as Kerberos uses it, and what makes a good DES key. */
public final class Des {
  /** Bytes of a key and of a block. */
  public static final int LENGTH = 8;

  /** Weak and semi-weak keys, with odd parity. */
  private static final long[] WEAK = {
    0x0101010101010101L, 0xfefefefefefefefeL, 0x1f1f1f1f0e0e0e0eL, 0xe0e0e0e0f1f1f1f1L,
    0x01fe01fe01fe01feL, 0xfe01fe01fe01fe01L, 0x1fe01fe00ef10ef1L, 0xe01fe01ff10ef10eL,
    0x01e001e001f101f1L, 0xe001e001f101f101L, 0x1ffe1ffe0efe0efeL, 0xfe1ffe1ffe0efe0eL,
    0x011f011f010e010eL, 0x1f011f010e010e01L, 0xe0fee0fef1fef1feL, 0xfee0fee0fef1fef1L
  };

  private Des() {}

  /** Of classic tickets: PCBC, key = initialisation vector. */
  public static byte[] pcbc(boolean encrypt, byte[] key, byte[] data) throws KrbException {
    return crypt("DES/PCBC/NoPadding", encrypt, key, key, data);
  }

  /** Of Kerberos 5: CBC. */
  public static byte[] cbc(boolean encrypt, byte[] key, byte[] iv, byte[] data)
      throws KrbException {
    return crypt("DES/CBC/NoPadding", encrypt, key, iv, data);
  }

  private static byte[] crypt(
      String transformation, boolean encrypt, byte[] key, byte[] iv, byte[] data)
      throws KrbException {
    try {
      Cipher cipher = Cipher.getInstance(transformation);
      cipher.init(
          encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "DES"),
          new IvParameterSpec(iv));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw KrbException.key("DES refused the key");
    }
  }

  /** Sets the low bit of each byte so that its parity is odd. */
  public static void setParity(byte[] key) {
    for (int i = 0; i < key.length; i++) {
      int seven = key[i] & 0xfe;
      key[i] = (byte) (seven | ((Integer.bitCount(seven) & 1) ^ 1));
    }
  }

  /** Whether a key with odd parity is one of the 16 that DES should not be used with. */
  public static boolean isWeak(byte[] key) {
    long k = 0;
    for (byte b : key) {
      k = k << 8 | (b & 0xff);
    }
    boolean weak = false;
    for (long w : WEAK) {
      weak |= w == k;
    }
    return weak;
  }

  /** Clears what may be absent. */
  public static void erase(byte @Nullable [] secret) {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
