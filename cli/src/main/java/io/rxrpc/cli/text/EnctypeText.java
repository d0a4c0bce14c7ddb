// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import io.rxrpc.security.krb.EnctypeNames;
import io.rxrpc.security.rxkad.ServerKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Encryption types of service keys as Kerberos and people write them. */
public final class EnctypeText implements ITypeConverter<Integer> {
  private static final List<Integer> KNOWN = List.of(16, 17, 18, 19, 20, 23);

  /** What krb5.conf takes besides the names proper. */
  private static final Map<String, Integer> SHORT =
      Map.ofEntries(
          Map.entry("des-cbc-crc", ServerKeys.DES),
          Map.entry("des-cbc-md4", ServerKeys.DES),
          Map.entry("des-cbc-md5", ServerKeys.DES),
          Map.entry("des3", 16),
          Map.entry("des3-hmac-sha1", 16),
          Map.entry("des3-cbc-sha1-kd", 16),
          Map.entry("rc4", 23),
          Map.entry("rc4-hmac", 23),
          Map.entry("arcfour-hmac-md5", 23),
          Map.entry("aes128-cts", 17),
          Map.entry("aes128-sha1", 17),
          Map.entry("aes256-cts", 18),
          Map.entry("aes256-sha1", 18),
          Map.entry("aes128-sha2", 19),
          Map.entry("aes256-sha2", 20));

  @Override
  public Integer convert(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.equals(EnctypeNames.of(ServerKeys.DES))) {
      return ServerKeys.DES;
    }
    Integer other = SHORT.get(name);
    if (other != null) {
      return other;
    }
    for (int enctype : KNOWN) {
      if (EnctypeNames.of(enctype).equals(name)) {
        return enctype;
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is no type of service keys: des, des3, rc4, aes128-sha1, aes256-sha1,"
            + " aes128-sha2 or aes256-sha2");
  }
}
