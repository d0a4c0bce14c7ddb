// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link KerberosKey} does for one key usage. The derived keys are made once, and so are the
 * ciphers and MACs of as many threads as are at it together: to make them for each message costs
 * two and a half times as much as the message does. Safe for all threads.
 *
 * <p>All methods work on arrays that the caller has; input and output must not be the same array.
 */
public final class UsageKey {
  /** Who comes while all are out gets a new one, which is forgotten if all are back before it. */
  private static final int KEPT = 4;

  private static final int ENCRYPTION = 0xaa;
  private static final int INTEGRITY = 0x55;
  private static final int CHECKSUM = 0x99;
  private static final byte[] ZERO_IV = new byte[KeyDerivation.BLOCK];

  /** One thread's ciphers and MACs. */
  private static final class Tools {
    @Nullable Cipher encrypt;
    @Nullable Cipher decrypt;
    @Nullable Mac integrity;
    @Nullable Mac checksum;
    byte[] mac = new byte[0];
  }

  private final KerberosCipher type;
  private final byte[] base;
  private final int usage;
  private final AtomicReferenceArray<@Nullable Tools> tools = new AtomicReferenceArray<>(KEPT);

  private byte @Nullable [] encryptionKey;
  private byte @Nullable [] integrityKey;
  private byte @Nullable [] checksumKey;
  private volatile boolean destroyed;

  /**
   * @param base the key that it derives from; not copied
   */
  UsageKey(KerberosCipher type, byte[] base, int usage) {
    this.type = type;
    this.base = base;
    this.usage = usage;
  }

  /** Octets of the confounder that has to stand in front of what is encrypted: 16. */
  public int confounder() {
    return type.confounder();
  }

  /** Octets that {@link #encrypt} puts behind the cipher text. */
  public int tagLength() {
    return type.tagLength();
  }

  /** Octets that {@link #checksum} makes. */
  public int checksumLength() {
    return type.tagLength();
  }

  /**
   * Encrypts.
   *
   * @param in confounder and text, at least 16 octets
   * @param out cipher text, as long, and the tag behind it
   * @throws KrbException if the key has been destroyed
   */
  public void encrypt(byte[] in, int at, int length, byte[] out, int outAt) throws KrbException {
    Tools t = take();
    try {
      Cipher cipher = t.encrypt;
      if (cipher == null) {
        cipher = cipher(Cipher.ENCRYPT_MODE);
        t.encrypt = cipher;
      }
      cipher.doFinal(in, at, length, out, outAt);
      tag(t, in, at, length, out, outAt);
      System.arraycopy(t.mac, 0, out, outAt + length, type.tagLength());
    } catch (GeneralSecurityException e) {
      throw refused();
    }
    give(t);
  }

  /**
   * Verifies and decrypts.
   *
   * @param in cipher text and tag
   * @param length octets of both
   * @param out confounder and text; of no meaning, and cleared, if they do not verify
   * @return octets of confounder and text, at least 16
   * @throws KrbException if it is too short, or was altered, or sealed with another key
   */
  public int decrypt(byte[] in, int at, int length, byte[] out, int outAt) throws KrbException {
    int text = length - type.tagLength();
    if (text < type.confounder()) {
      throw KrbException.form("sealed data of " + length + " octets");
    }
    Tools t = take();
    boolean good;
    try {
      if (type.sha2()) { // the tag is over the cipher text: what does not verify is not decrypted
        tag(t, out, outAt, text, in, at);
        good = equal(t.mac, in, at + text, type.tagLength());
        if (good) {
          decipher(t, in, at, text, out, outAt);
        }
      } else {
        decipher(t, in, at, text, out, outAt);
        tag(t, out, outAt, text, in, at);
        good = equal(t.mac, in, at + text, type.tagLength());
      }
    } catch (GeneralSecurityException e) {
      throw refused();
    }
    give(t);
    if (!good) {
      Arrays.fill(out, outAt, outAt + text, (byte) 0);
      throw KrbException.seal("its checksum is wrong under the key");
    }
    return text;
  }

  /** Makes the checksum of a message. */
  public void checksum(byte[] in, int at, int length, byte[] out, int outAt) throws KrbException {
    Tools t = take();
    try {
      sum(t, in, at, length);
      System.arraycopy(t.mac, 0, out, outAt, type.tagLength());
    } catch (GeneralSecurityException e) {
      throw refused();
    }
    give(t);
  }

  /**
   * Whether a message has this checksum.
   *
   * @param told where it stands that is to be verified
   */
  public boolean verifies(byte[] in, int at, int length, byte[] told, int toldAt)
      throws KrbException {
    Tools t = take();
    boolean good;
    try {
      sum(t, in, at, length);
      good = equal(t.mac, told, toldAt, type.tagLength());
    } catch (GeneralSecurityException e) {
      throw refused();
    }
    give(t);
    return good;
  }

  /** takes as long wherever the difference is. */
  private static boolean equal(byte[] mac, byte[] told, int at, int length) {
    int wrong = 0;
    for (int i = 0; i < length; i++) {
      wrong |= mac[i] ^ told[at + i];
    }
    return wrong == 0;
  }

  private void decipher(Tools t, byte[] in, int at, int length, byte[] out, int outAt)
      throws GeneralSecurityException {
    Cipher cipher = t.decrypt;
    if (cipher == null) {
      cipher = cipher(Cipher.DECRYPT_MODE);
      t.decrypt = cipher;
    }
    cipher.doFinal(in, at, length, out, outAt);
  }

  /** RFC 3961 covers the text, RFC 8009 a (zero) initialisation vector and the cipher text. */
  private void tag(Tools t, byte[] plain, int plainAt, int length, byte[] sealed, int sealedAt)
      throws GeneralSecurityException {
    Mac mac = t.integrity;
    if (mac == null) {
      mac = mac(integrityKey());
      t.integrity = mac;
    }
    if (type.sha2()) {
      mac.update(ZERO_IV);
      mac.update(sealed, sealedAt, length);
    } else {
      mac.update(plain, plainAt, length);
    }
    finish(t, mac);
  }

  private void sum(Tools t, byte[] in, int at, int length) throws GeneralSecurityException {
    Mac mac = t.checksum;
    if (mac == null) {
      mac = mac(checksumKey());
      t.checksum = mac;
    }
    mac.update(in, at, length);
    finish(t, mac);
  }

  private static void finish(Tools t, Mac mac) throws GeneralSecurityException {
    int length = mac.getMacLength();
    if (t.mac.length < length) {
      t.mac = new byte[length];
    }
    mac.doFinal(t.mac, 0);
  }

  private Cipher cipher(int mode) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTS/NoPadding");
    cipher.init(mode, new SecretKeySpec(encryptionKey(), "AES"), new IvParameterSpec(ZERO_IV));
    return cipher;
  }

  private Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(type.mac());
    mac.init(new SecretKeySpec(key, type.mac()));
    return mac;
  }

  private synchronized byte[] encryptionKey() throws GeneralSecurityException {
    byte[] key = encryptionKey;
    if (key == null) {
      key = derive(ENCRYPTION, type.keyLength());
      encryptionKey = key;
    }
    return key;
  }

  private synchronized byte[] integrityKey() throws GeneralSecurityException {
    byte[] key = integrityKey;
    if (key == null) {
      key = derive(INTEGRITY, type.integrityLength());
      integrityKey = key;
    }
    return key;
  }

  private synchronized byte[] checksumKey() throws GeneralSecurityException {
    byte[] key = checksumKey;
    if (key == null) {
      key = derive(CHECKSUM, type.integrityLength());
      checksumKey = key;
    }
    return key;
  }

  private byte[] derive(int purpose, int length) throws GeneralSecurityException {
    if (destroyed) {
      throw new GeneralSecurityException("destroyed");
    }
    byte[] constant =
        ByteBuffer.allocate(Integer.BYTES + 1).putInt(usage).put((byte) purpose).array();
    return type.sha2()
        ? KeyDerivation.sha2(type.mac(), base, constant, new byte[0], length)
        : KeyDerivation.sha1(base, constant, length);
  }

  private Tools take() throws KrbException {
    if (destroyed) {
      throw refused();
    }
    for (int i = 0; i < KEPT; i++) {
      Tools t = tools.get(i);
      if (t != null && tools.compareAndSet(i, t, null)) {
        return t;
      }
    }
    return new Tools();
  }

  private void give(Tools t) {
    for (int i = 0; i < KEPT && !destroyed; i++) {
      if (tools.get(i) == null && tools.compareAndSet(i, null, t)) {
        return;
      }
    }
  }

  private KrbException refused() {
    return KrbException.key(
        destroyed ? "the key has been destroyed" : type + " refused the key or the data");
  }

  /** Clears the derived keys; it does nothing afterwards. */
  synchronized void destroy() {
    destroyed = true;
    for (int i = 0; i < KEPT; i++) {
      tools.set(i, null);
    }
    Des.erase(encryptionKey);
    Des.erase(integrityKey);
    Des.erase(checksumKey);
  }
}
