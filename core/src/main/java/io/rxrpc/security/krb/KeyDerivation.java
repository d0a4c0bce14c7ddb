// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How Kerberos makes keys and pseudo-random octets out of a key of AES (RFC 3961, RFC 8009). */
final class KeyDerivation {
  /** Octets of an AES block. */
  static final int BLOCK = 16;

  private static final byte[] PRF = "prf".getBytes(StandardCharsets.US_ASCII);

  private KeyDerivation() {}

  /** DK of RFC 3961: the folded constant, encrypted until there is enough. */
  static byte[] sha1(byte[] key, byte[] constant, int length) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = KerberosCipher.fold(constant, BLOCK);
    while (out.size() < length) {
      block = cipher.doFinal(block);
      out.writeBytes(block);
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }

  /** KDF-HMAC-SHA2 of RFC 8009, one round: it never needs more than one hash. */
  static byte[] sha2(String mac, byte[] key, byte[] label, byte[] context, int length)
      throws GeneralSecurityException {
    Mac m = Mac.getInstance(mac);
    m.init(new SecretKeySpec(key, mac));
    m.update(new byte[] {0, 0, 0, 1});
    m.update(label);
    m.update((byte) 0);
    m.update(context);
    byte[] whole = m.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(8 * length).array());
    byte[] cut = Arrays.copyOf(whole, length);
    Arrays.fill(whole, (byte) 0);
    return cut;
  }

  /** The pseudo-random function of the SHA-1 types: a key of its own encrypts a digest's blocks. */
  static byte[] prfSha1(byte[] key, byte[] input) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(input);
    byte[] own = sha1(key, PRF, key.length);
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(own, "AES"));
      return cipher.doFinal(digest, 0, BLOCK);
    } finally {
      Arrays.fill(own, (byte) 0);
    }
  }

  /** The one of the SHA-2 types: a whole hash. */
  static byte[] prfSha2(String mac, byte[] key, byte[] input, int length)
      throws GeneralSecurityException {
    return sha2(mac, key, PRF, input, length);
  }
}
