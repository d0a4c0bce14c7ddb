// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** How Kerberos 5 encrypts under a DES key: des-cbc-crc, des-cbc-md4, des-cbc-md5. */
public final class KerberosDes {
  /** des-cbc-crc. */
  public static final int CBC_CRC = 1;

  static final int CBC_MD4 = 2;
  static final int CBC_MD5 = 3;

  private static final int CONFOUNDER = 8;

  private KerberosDes() {}

  /** Whether it is one of the three. */
  public static boolean handles(int enctype) {
    return enctype >= CBC_CRC && enctype <= CBC_MD5;
  }

  /** Decrypts and verifies; up to 7 bytes of padding stay at the end. The caller erases it. */
  public static byte[] decrypt(int enctype, byte[] key, byte[] sealed) throws KrbException {
    int sum = enctype == CBC_CRC ? 4 : 16;
    if (sealed.length % Des.LENGTH != 0 || sealed.length <= CONFOUNDER + sum) {
      throw KrbException.form("its encrypted part is of no DES length");
    }
    byte[] iv = enctype == CBC_CRC ? key : new byte[Des.LENGTH];
    byte[] plain = Des.cbc(false, key, iv, sealed);
    try {
      byte[] received = Arrays.copyOfRange(plain, CONFOUNDER, CONFOUNDER + sum);
      Arrays.fill(plain, CONFOUNDER, CONFOUNDER + sum, (byte) 0);
      if (!MessageDigest.isEqual(checksum(enctype, plain), received)) {
        throw KrbException.seal("its checksum is wrong under the key");
      }
      return Arrays.copyOfRange(plain, CONFOUNDER + sum, plain.length);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static byte[] checksum(int enctype, byte[] data) throws KrbException {
    return switch (enctype) {
      case CBC_CRC -> crc(data);
      case CBC_MD4 -> Md4.digest(data);
      default -> {
        try {
          yield MessageDigest.getInstance("MD5").digest(data);
        } catch (NoSuchAlgorithmException e) {
          throw KrbException.key("no MD5 to verify with");
        }
      }
    };
  }

  /** CRC-32 that starts with 0 and is not complemented, little-endian (RFC 3961). */
  private static byte[] crc(byte[] data) {
    int crc = 0;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int i = 0; i < 8; i++) {
        crc = crc >>> 1 ^ (0xedb88320 & -(crc & 1));
      }
    }
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(crc).array();
  }
}
