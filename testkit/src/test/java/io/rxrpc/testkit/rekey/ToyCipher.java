// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.rekey;

import io.rxrpc.security.ConnectionIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for each key number, made of the secret, the connection and the time when it began; and
 * what is done with it. Safe for all threads.
 */
final class ToyCipher {
  /** Octets of a tag. */
  static final int TAG = 12;

  private static final String HMAC = "HmacSHA256";
  private static final int KEY = 16;

  private final byte[] secret;
  private final ConnectionIdentity connection;
  private final long start;
  private final Map<Integer, byte[]> keys = new ConcurrentHashMap<>();

  ToyCipher(long secret, ConnectionIdentity connection, long start) {
    this.secret = ByteBuffer.allocate(Long.BYTES).putLong(secret).array();
    this.connection = connection;
    this.start = start;
  }

  long start() {
    return start;
  }

  ConnectionIdentity connection() {
    return connection;
  }

  private byte[] key(int number) {
    return keys.computeIfAbsent(
        number,
        n ->
            Arrays.copyOf(
                hmac(
                    secret,
                    ByteBuffer.allocate(20)
                        .putInt(connection.epoch())
                        .putInt(connection.cid())
                        .putLong(start)
                        .putInt(n)
                        .array()),
                KEY));
  }

  /** Over all of it. */
  byte[] tag(int number, String usage, byte[]... parts) {
    byte[][] all = new byte[parts.length + 1][];
    all[0] = usage.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(parts, 0, all, 1, parts.length);
    return Arrays.copyOf(hmac(key(number), all), TAG);
  }

  /** The same both ways. */
  byte[] crypt(int number, byte[] iv, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key(number), "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void forget() {
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    Arrays.fill(secret, (byte) 0);
  }
}
