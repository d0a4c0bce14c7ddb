// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

/** Names of Kerberos encryption types, as {@code klist -e} shows them. */
public final class EncryptionType {
  private EncryptionType() {}

  /**
   * {@return the name of a type, or its number}
   *
   * @param type the type
   */
  public static String name(int type) {
    return switch (type) {
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
      default -> "encryption type " + type;
    };
  }
}
