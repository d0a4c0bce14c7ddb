// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What the calls of the AFS kaserver are made of: XDR, and DES over byte sequences. */
final class KaMessage {
  /** Bytes of a sequence that either end takes. */
  static final int MAX_SEQUENCE = 2048;

  /** Bytes of a name at most. */
  static final int MAX_NAME = 63;

  private final ByteBuffer out = ByteBuffer.allocate(8192);

  KaMessage word(long value) {
    out.putInt((int) value);
    return this;
  }

  KaMessage text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return sequence(bytes);
  }

  /** Length, bytes, zeros to a whole word. */
  KaMessage sequence(byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * The byte sequence of a reply: u32 room, u32 length, bytes.
   *
   * @throws KlogException if the lengths do not fit each other
   */
  static byte[] answer(byte[] reply) throws KlogException {
    ByteBuffer in = ByteBuffer.wrap(reply);
    if (in.remaining() < 8) {
      throw strange("its reply is too short");
    }
    in.getInt();
    int length = in.getInt();
    if (length < 0 || length > MAX_SEQUENCE || length % 8 != 0 || length > in.remaining()) {
      throw strange("its reply does not add up");
    }
    byte[] answer = new byte[length];
    in.get(answer);
    return answer;
  }

  static KlogException strange(String what) {
    return new KlogException("the kaserver does not speak as one: " + what);
  }

  /** DES in PCBC mode, initialisation vector = key. */
  static byte[] pcbc(boolean encrypt, byte[] key, byte[] data) {
    return des("DES/PCBC/NoPadding", encrypt, key, new IvParameterSpec(key), data);
  }

  /** DES of a block. */
  static byte[] ecb(boolean encrypt, byte[] key, byte[] data) {
    return des("DES/ECB/NoPadding", encrypt, key, null, data);
  }

  private static byte[] des(
      String mode,
      boolean encrypt,
      byte[] key,
      @org.jspecify.annotations.Nullable IvParameterSpec iv,
      byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance(mode);
      int direction = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      SecretKeySpec des = new SecretKeySpec(key, "DES");
      if (iv == null) {
        cipher.init(direction, des);
      } else {
        cipher.init(direction, des, iv);
      }
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no DES", e);
    }
  }
}
