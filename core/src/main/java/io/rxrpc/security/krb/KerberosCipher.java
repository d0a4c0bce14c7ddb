// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How Kerberos encrypts under a key that is not DES, for one of its key usages: AES of RFC 3962
 * (SHA-1) and of RFC 8009 (SHA-2), and the two that OpenAFS takes from old realms, 3DES of RFC 3961
 * and RC4 of RFC 4757.
 */
public enum KerberosCipher {
  /** aes128-cts-hmac-sha1-96. */
  AES128_SHA1(17, 16, 16, 12, "HmacSHA1"),
  /** aes256-cts-hmac-sha1-96. */
  AES256_SHA1(18, 32, 16, 12, "HmacSHA1"),
  /** aes128-cts-hmac-sha256-128. */
  AES128_SHA2(19, 16, 16, 16, "HmacSHA256"),
  /** aes256-cts-hmac-sha384-192. */
  AES256_SHA2(20, 32, 16, 24, "HmacSHA384"),
  /** des3-cbc-sha1-kd. */
  DES3_SHA1(16, TripleDes.KEY_LENGTH, Des.LENGTH, 20, "HmacSHA1"),
  /** arcfour-hmac. */
  RC4_HMAC(23, 16, KerberosRc4.CONFOUNDER, KerberosRc4.CHECKSUM, "HmacMD5");

  /** Bytes of an AES block. */
  private static final int BLOCK = 16;

  private static final int ENCRYPTION = 0xaa;
  private static final int INTEGRITY = 0x55;
  private static final String WRONG_KEY = "its checksum is wrong under the key";

  private final int enctype;
  private final int keyLength;
  private final int confounder;
  private final int macLength;
  private final String mac;

  KerberosCipher(int enctype, int keyLength, int confounder, int macLength, String mac) {
    this.enctype = enctype;
    this.keyLength = keyLength;
    this.confounder = confounder;
    this.macLength = macLength;
    this.mac = mac;
  }

  /** The cipher of an encryption type, or null. */
  public static @Nullable KerberosCipher of(int enctype) {
    for (KerberosCipher c : values()) {
      if (c.enctype == enctype) {
        return c;
      }
    }
    return null;
  }

  /** Its number. */
  public int enctype() {
    return enctype;
  }

  /** Bytes of a key. */
  public int keyLength() {
    return keyLength;
  }

  /** Bytes of the random beginning of the plain text. */
  public int confounder() {
    return confounder;
  }

  /** Bytes that may stand behind what was encrypted when it is decrypted. */
  public int padding() {
    return this == DES3_SHA1 ? Des.LENGTH - 1 : 0;
  }

  boolean sha2() {
    return this == AES128_SHA2 || this == AES256_SHA2;
  }

  boolean aes() {
    return sha2() || this == AES128_SHA1 || this == AES256_SHA1;
  }

  /** What the JDK calls its MAC. */
  String mac() {
    return mac;
  }

  /** Octets behind the cipher text, and of a checksum. */
  int tagLength() {
    return macLength;
  }

  /** Octets that the pseudo-random function of AES makes: a block, or a hash of SHA-2. */
  int prfLength() {
    return sha2() ? 2 * macLength : BLOCK;
  }

  /**
   * Decrypts and verifies; the caller erases the result.
   *
   * @param usage what it was encrypted for, for example 2 for a ticket
   */
  public byte[] decrypt(byte[] key, int usage, byte[] sealed) throws KrbException {
    checkKey(key);
    int length = sealed.length - macLength;
    if (length <= confounder || (this == DES3_SHA1 && length % Des.LENGTH != 0)) {
      throw KrbException.form("its encrypted part has a wrong length");
    }
    byte[] ke = null;
    byte[] ki = null;
    byte[] plain = null;
    try {
      if (this == RC4_HMAC) {
        plain = KerberosRc4.decrypt(key, usage, sealed);
        if (plain == null) {
          throw KrbException.seal(WRONG_KEY);
        }
        return Arrays.copyOfRange(plain, confounder, plain.length);
      }
      ke = derive(key, usage, ENCRYPTION, keyLength);
      ki = derive(key, usage, INTEGRITY, integrityLength());
      byte[] cipherText = Arrays.copyOf(sealed, length);
      plain = crypt(Cipher.DECRYPT_MODE, ke, cipherText);
      byte[] expected = mac(ki, sha2() ? cipherText : plain);
      byte[] received = Arrays.copyOfRange(sealed, length, sealed.length);
      if (!MessageDigest.isEqual(Arrays.copyOf(expected, macLength), received)) {
        throw KrbException.seal(WRONG_KEY);
      }
      return Arrays.copyOfRange(plain, confounder, plain.length);
    } catch (GeneralSecurityException e) {
      throw failed();
    } finally {
      Des.erase(ke);
      Des.erase(ki);
      Des.erase(plain);
    }
  }

  /**
   * Encrypts.
   *
   * @param usage what it is encrypted for
   * @param noise {@link #confounder} random bytes
   */
  public byte[] encrypt(byte[] key, int usage, byte[] noise, byte[] plain) throws KrbException {
    checkKey(key);
    byte[] ke = null;
    byte[] ki = null;
    byte[] whole = concat(noise, plain);
    try {
      if (this == RC4_HMAC) {
        return KerberosRc4.encrypt(key, usage, whole);
      }
      if (this == DES3_SHA1) {
        byte[] unpadded = whole;
        whole = Arrays.copyOf(unpadded, unpadded.length + Des.LENGTH - 1 & -Des.LENGTH);
        Des.erase(unpadded);
      }
      ke = derive(key, usage, ENCRYPTION, keyLength);
      ki = derive(key, usage, INTEGRITY, integrityLength());
      byte[] cipherText = crypt(Cipher.ENCRYPT_MODE, ke, whole);
      byte[] tag = mac(ki, sha2() ? cipherText : whole);
      return concat(cipherText, Arrays.copyOf(tag, macLength));
    } catch (GeneralSecurityException e) {
      throw failed();
    } finally {
      Des.erase(ke);
      Des.erase(ki);
      Des.erase(whole);
    }
  }

  private void checkKey(byte[] key) throws KrbException {
    if (key.length != keyLength) {
      throw KrbException.key("a key of " + key.length + " bytes for " + this);
    }
  }

  private KrbException failed() {
    return KrbException.key(this + " refused the key");
  }

  private byte[] crypt(int mode, byte[] key, byte[] data) throws GeneralSecurityException {
    if (this == DES3_SHA1) {
      return TripleDes.cbc(mode, key, data);
    }
    Cipher cipher = Cipher.getInstance("AES/CTS/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
    return cipher.doFinal(data);
  }

  /** RFC 8009 puts the (zero) initialisation vector in front; RFC 3961 has none there. */
  private byte[] mac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac m = Mac.getInstance(mac);
    m.init(new SecretKeySpec(key, mac));
    if (sha2()) {
      m.update(new byte[BLOCK]);
    }
    return m.doFinal(data);
  }

  /** Octets of the keys for tags and checksums. */
  int integrityLength() {
    return sha2() ? macLength : keyLength;
  }

  private byte[] derive(byte[] key, int usage, int purpose, int length)
      throws GeneralSecurityException {
    byte[] constant =
        ByteBuffer.allocate(Integer.BYTES + 1).putInt(usage).put((byte) purpose).array();
    if (this == DES3_SHA1) {
      return TripleDes.derive(key, constant);
    }
    return sha2()
        ? KeyDerivation.sha2(mac, key, constant, new byte[0], length)
        : KeyDerivation.sha1(key, constant, length);
  }

  /** n-fold of RFC 3961: copies, each rotated 13 bits further, added up in ones' complement. */
  static byte[] fold(byte[] in, int length) {
    int a = in.length;
    int b = length;
    while (b != 0) {
      int r = a % b;
      a = b;
      b = r;
    }
    int total = in.length / a * length;
    int bits = in.length * 8;
    int[] sum = new int[length];
    for (int i = 0; i < total; i++) {
      int copy = i / in.length;
      int value = 0;
      for (int bit = 0; bit < 8; bit++) {
        int from = Math.floorMod(i % in.length * 8 + bit - 13 * copy, bits);
        value = value << 1 | (in[from / 8] >> (7 - from % 8) & 1);
      }
      sum[i % length] += value;
    }
    int carry = 0;
    do {
      for (int i = length - 1; i >= 0; i--) {
        int v = sum[i] + carry;
        sum[i] = v & 0xff;
        carry = v >>> 8;
      }
    } while (carry != 0);
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = (byte) sum[i];
    }
    return out;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
