// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What des3-cbc-sha1-kd asks of three DES keys in a row (RFC 3961, 6.3). */
final class TripleDes {
  /** Bytes of a key; 21 of them are random. */
  static final int KEY_LENGTH = 24;

  private static final int RANDOM_LENGTH = 21;
  private static final int GROUP = 7;
  private static final int WEAK_FIX = 0xf0;

  private TripleDes() {}

  /** CBC with an initialisation vector of zeros. */
  static byte[] cbc(int mode, byte[] key, byte[] data) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("DESede/CBC/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "DESede"), new IvParameterSpec(new byte[Des.LENGTH]));
    return cipher.doFinal(data);
  }

  /** DK of RFC 3961: random bytes out of the folded constant, made a key. */
  static byte[] derive(byte[] key, byte[] constant) throws GeneralSecurityException {
    byte[] random = new byte[KEY_LENGTH];
    byte[] block = KerberosCipher.fold(constant, Des.LENGTH);
    for (int at = 0; at < RANDOM_LENGTH; at += Des.LENGTH) {
      block = cbc(Cipher.ENCRYPT_MODE, key, block);
      System.arraycopy(block, 0, random, at, Des.LENGTH);
    }
    try {
      return randomToKey(random);
    } finally {
      Arrays.fill(random, (byte) 0);
    }
  }

  /** Seven bytes become eight: the last one has the lowest bits of the others, then parity. */
  private static byte[] randomToKey(byte[] random) {
    byte[] key = new byte[KEY_LENGTH];
    byte[] des = new byte[Des.LENGTH];
    for (int group = 0; group < 3; group++) {
      int low = 0;
      for (int i = 0; i < GROUP; i++) {
        des[i] = random[group * GROUP + i];
        low |= (des[i] & 1) << (i + 1);
      }
      des[GROUP] = (byte) low;
      Des.setParity(des);
      if (Des.isWeak(des)) {
        des[GROUP] ^= (byte) WEAK_FIX;
      }
      System.arraycopy(des, 0, key, group * Des.LENGTH, Des.LENGTH);
    }
    Arrays.fill(des, (byte) 0);
    return key;
  }
}
