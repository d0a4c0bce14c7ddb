// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The DES key that AFS makes of a password and a cell. Up to 8 bytes of password go through the
 * {@code crypt} of Unix, with the cell mixed in; a longer one is followed by the cell, and a CBC
 * checksum of both is the key.
 */
final class AfsStringToKey {
  private static final int LENGTH = 8;
  private static final String SALT = "p1";
  private static final byte[] KERBEROS = "kerberos".getBytes(StandardCharsets.US_ASCII);

  private AfsStringToKey() {}

  /** The key, which the caller erases. */
  static byte[] key(char[] password, String cell) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] text = new byte[encoded.remaining()];
    encoded.get(text);
    encoded.clear();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    byte[] name = cell.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] key = text.length > LENGTH ? checksum(text, name) : crypt(text, name);
      setParity(key);
      return key;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] crypt(byte[] password, byte[] cell) {
    byte[] mixed = Arrays.copyOf(cell, LENGTH);
    for (int i = 0; i < password.length; i++) {
      mixed[i] ^= password[i];
    }
    for (int i = 0; i < LENGTH; i++) {
      mixed[i] = mixed[i] == 0 ? (byte) 'X' : mixed[i];
    }
    byte[] key = Arrays.copyOf(UnixCrypt.crypt(mixed, SALT), LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      key[i] = (byte) (key[i] << 1); // ASCII has no eighth bit, DES keys have no first
    }
    Arrays.fill(mixed, (byte) 0);
    return key;
  }

  private static byte[] checksum(byte[] password, byte[] cell) {
    int length = password.length + cell.length;
    byte[] both = Arrays.copyOf(password, (length + LENGTH - 1) / LENGTH * LENGTH);
    System.arraycopy(cell, 0, both, password.length, cell.length);
    byte[] first = lastBlock(both, KERBEROS, KERBEROS);
    byte[] key = lastBlock(both, first, first);
    Arrays.fill(both, (byte) 0);
    Arrays.fill(first, (byte) 0);
    return key;
  }

  private static byte[] lastBlock(byte[] data, byte[] keyText, byte[] iv) {
    byte[] key = keyText.clone();
    setParity(key);
    try {
      Cipher cipher = Cipher.getInstance("DES/CBC/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"), new IvParameterSpec(iv));
      byte[] sealed = cipher.doFinal(data);
      return Arrays.copyOfRange(sealed, sealed.length - LENGTH, sealed.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no DES", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static void setParity(byte[] key) {
    for (int i = 0; i < key.length; i++) {
      int seven = key[i] & 0xfe;
      key[i] = (byte) (seven | ((Integer.bitCount(seven) & 1) ^ 1));
    }
  }
}
