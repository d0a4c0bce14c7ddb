package io.rxrpc.security.rxkad;

import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.AbortCodes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** How Kerberos 5 encrypts a ticket under a DES key: des-cbc-crc, des-cbc-md4, des-cbc-md5. */
final class KerberosDes {
  static final int CBC_CRC = 1;
  static final int CBC_MD4 = 2;
  static final int CBC_MD5 = 3;

  private static final int CONFOUNDER = 8;

  private KerberosDes() {}

  static boolean handles(int enctype) {
    return enctype >= CBC_CRC && enctype <= CBC_MD5;
  }

  /** Decrypts and verifies; up to 7 bytes of padding stay at the end. The caller erases it. */
  static byte[] decrypt(int enctype, byte[] key, byte[] sealed) throws SecurityFailure {
    int sum = enctype == CBC_CRC ? 4 : 16;
    if (sealed.length % Des.LENGTH != 0 || sealed.length <= CONFOUNDER + sum) {
      throw Failures.badTicket("its encrypted part is of no DES length");
    }
    byte[] iv = enctype == CBC_CRC ? key : new byte[Des.LENGTH];
    byte[] plain = Des.cbc(false, key, iv, sealed);
    try {
      byte[] received = Arrays.copyOfRange(plain, CONFOUNDER, CONFOUNDER + sum);
      Arrays.fill(plain, CONFOUNDER, CONFOUNDER + sum, (byte) 0);
      if (!MessageDigest.isEqual(checksum(enctype, plain), received)) {
        throw Failures.badTicket("its checksum is wrong under the service key");
      }
      return Arrays.copyOfRange(plain, CONFOUNDER + sum, plain.length);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static byte[] checksum(int enctype, byte[] data) throws SecurityFailure {
    return switch (enctype) {
      case CBC_CRC -> crc(data);
      case CBC_MD4 -> Md4.digest(data);
      default -> {
        try {
          yield MessageDigest.getInstance("MD5").digest(data);
        } catch (NoSuchAlgorithmException e) {
          throw new SecurityFailure(AbortCodes.RXKADBADKEY, "no MD5 to verify a ticket with");
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
