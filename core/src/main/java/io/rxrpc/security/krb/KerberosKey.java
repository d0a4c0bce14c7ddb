// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A key of AES, with all that Kerberos makes of it kept: the encryption types of RFC 3962 (17, 18)
 * and RFC 8009 (19, 20). It is for keys that seal much; {@link KerberosCipher} is for one ticket.
 * Safe for all threads.
 */
public final class KerberosKey {
  /** Octets of the random beginning of what is encrypted. */
  public static final int CONFOUNDER = 16;

  private static final int MAX_ROUNDS = 0xff;

  private final KerberosCipher type;
  private final byte[] key;
  private final Map<Integer, UsageKey> usages = new ConcurrentHashMap<>();
  private volatile boolean destroyed;

  private KerberosKey(KerberosCipher type, byte[] key) {
    this.type = type;
    this.key = key;
  }

  /**
   * A key.
   *
   * @param enctype 17 to 20
   * @param key of the type's length, copied
   * @throws KrbException if the type is not one of these, by its name, or the length is not its
   */
  public static KerberosKey of(int enctype, byte[] key) throws KrbException {
    KerberosCipher type = type(enctype);
    if (key.length != type.keyLength()) {
      throw KrbException.key("a key of " + key.length + " octets for " + EnctypeNames.of(enctype));
    }
    return new KerberosKey(type, key.clone());
  }

  /** Whether keys of this encryption type can be used. */
  public static boolean handles(int enctype) {
    return find(enctype) != null;
  }

  /**
   * Octets of a key, which is as many as its making needs.
   *
   * @throws KrbException if the type cannot be used, by its name
   */
  public static int keyLength(int enctype) throws KrbException {
    return type(enctype).keyLength();
  }

  private static @Nullable KerberosCipher find(int enctype) {
    KerberosCipher type = KerberosCipher.of(enctype);
    return type == null || !type.aes() ? null : type;
  }

  private static KerberosCipher type(int enctype) throws KrbException {
    KerberosCipher type = find(enctype);
    if (type == null) {
      throw KrbException.key("keys of " + EnctypeNames.of(enctype) + " are not used here");
    }
    return type;
  }

  /** The number of its encryption type. */
  public int enctype() {
    return type.enctype();
  }

  /** A copy of the key, which the caller erases; zeros if it is destroyed. */
  public byte[] bytes() {
    return key.clone();
  }

  /** Octets that {@link #encrypt} adds: confounder and tag. */
  public int overhead() {
    return CONFOUNDER + type.tagLength();
  }

  /** Octets of a checksum. */
  public int checksumLength() {
    return type.tagLength();
  }

  /** What it does for one key usage, kept until the key is destroyed. */
  public UsageKey usage(int number) {
    UsageKey kept = usages.computeIfAbsent(number, n -> new UsageKey(type, key, n));
    if (destroyed) {
      kept.destroy();
    }
    return kept;
  }

  /**
   * Encrypts.
   *
   * @param usage what for
   * @param confounder {@link #CONFOUNDER} random octets
   * @throws KrbException if the key has been destroyed
   */
  public byte[] encrypt(int usage, byte[] confounder, byte[] plain) throws KrbException {
    if (confounder.length != CONFOUNDER) {
      throw new IllegalArgumentException("a confounder of " + confounder.length + " octets");
    }
    byte[] whole = Arrays.copyOf(confounder, CONFOUNDER + plain.length);
    System.arraycopy(plain, 0, whole, CONFOUNDER, plain.length);
    try {
      byte[] sealed = new byte[whole.length + type.tagLength()];
      usage(usage).encrypt(whole, 0, whole.length, sealed, 0);
      return sealed;
    } finally {
      Des.erase(whole);
    }
  }

  /**
   * Verifies and decrypts.
   *
   * @param usage what it was encrypted for
   * @return the text without its confounder, which the caller erases
   * @throws KrbException if it is too short, was altered, or was sealed with another key or for
   *     another usage
   */
  public byte[] decrypt(int usage, byte[] sealed) throws KrbException {
    byte[] whole = new byte[sealed.length];
    try {
      int length = usage(usage).decrypt(sealed, 0, sealed.length, whole, 0);
      return Arrays.copyOfRange(whole, CONFOUNDER, length);
    } finally {
      Des.erase(whole);
    }
  }

  /** The checksum of a message: 12, 12, 16 or 24 octets. */
  public byte[] checksum(int usage, byte[] message) throws KrbException {
    byte[] sum = new byte[type.tagLength()];
    usage(usage).checksum(message, 0, message.length, sum, 0);
    return sum;
  }

  /** The type's pseudo-random function: 16, 16, 32 or 48 octets. */
  public byte[] prf(byte[] input) throws KrbException {
    if (destroyed) {
      throw KrbException.key("the key has been destroyed");
    }
    try {
      return type.sha2()
          ? KeyDerivation.prfSha2(type.mac(), key, input, type.prfLength())
          : KeyDerivation.prfSha1(key, input);
    } catch (GeneralSecurityException e) {
      throw KrbException.key(type + " refused the key");
    }
  }

  /**
   * As many pseudo-random octets as are wanted, in the manner of RFC 4402: each round is preceded
   * by its number, of 32 bits and from 1.
   */
  public byte[] prfPlus(byte[] seed, int length) throws KrbException {
    return prfPlus(seed, length, Integer.BYTES, 1);
  }

  /** The same in the manner of RFC 6113: a number of one octet, from 1. */
  public byte[] prfPlus6113(byte[] seed, int length) throws KrbException {
    return prfPlus(seed, length, 1, 1);
  }

  /**
   * GSS_Pseudo_random of Kerberos's mechanism: a number of 32 bits, from 0 (RFC 7802). For a
   * session key of a GSS context that is itself of one of these types.
   */
  public byte[] gssPseudoRandom(byte[] input, int length) throws KrbException {
    return prfPlus(input, length, Integer.BYTES, 0);
  }

  private byte[] prfPlus(byte[] seed, int length, int counter, int first) throws KrbException {
    if (length < 0 || length > MAX_ROUNDS * type.prfLength()) {
      throw new IllegalArgumentException(length + " pseudo-random octets");
    }
    byte[] out = new byte[length];
    int done = 0;
    for (int n = first; done < length; n++) {
      ByteBuffer numbered = ByteBuffer.allocate(counter + seed.length);
      if (counter == 1) {
        numbered.put((byte) n);
      } else {
        numbered.putInt(n);
      }
      byte[] round = prf(numbered.put(seed).array());
      int part = Math.min(round.length, length - done);
      System.arraycopy(round, 0, out, done, part);
      Des.erase(round);
      done += part;
    }
    return out;
  }

  /**
   * KRB-FX-CF2 (RFC 6113, 5.1): one key out of two, each with a word of its own.
   *
   * @param enctype the type of the new key
   * @return its octets, which the caller erases
   */
  public static byte[] combine(
      int enctype, KerberosKey a, byte[] pepperA, KerberosKey b, byte[] pepperB)
      throws KrbException {
    int length = keyLength(enctype);
    byte[] first = a.prfPlus6113(pepperA, length);
    byte[] second = b.prfPlus6113(pepperB, length);
    for (int i = 0; i < length; i++) {
      first[i] ^= second[i];
    }
    Des.erase(second);
    return first;
  }

  /** Whether it was cleared. */
  public boolean destroyed() {
    return destroyed;
  }

  /** Clears it and all that was derived from it. */
  public void destroy() {
    destroyed = true;
    usages.values().forEach(UsageKey::destroy); // first: they derive nothing from zeros
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "key of " + EnctypeNames.of(type.enctype()) + (destroyed ? ", destroyed" : "");
  }
}
