// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

/** What Kerberos calls its encryption types. */
public final class EnctypeNames {
  private EnctypeNames() {}

  /**
   * For example {@code arcfour-hmac}; {@code des} for 0, which stands for a DES key without a type.
   */
  public static String of(int enctype) {
    return switch (enctype) {
      case 0 -> "des";
      case 1 -> "des-cbc-crc";
      case 2 -> "des-cbc-md4";
      case 3 -> "des-cbc-md5";
      case 16 -> "des3-cbc-sha1";
      case 17 -> "aes128-cts-hmac-sha1-96";
      case 18 -> "aes256-cts-hmac-sha1-96";
      case 19 -> "aes128-cts-hmac-sha256-128";
      case 20 -> "aes256-cts-hmac-sha384-192";
      case 23 -> "arcfour-hmac";
      case 24 -> "arcfour-hmac-exp";
      case 25 -> "camellia128-cts-cmac";
      case 26 -> "camellia256-cts-cmac";
      default -> "encryption type " + enctype;
    };
  }
}
