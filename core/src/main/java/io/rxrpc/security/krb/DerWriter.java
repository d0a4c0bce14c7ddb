// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes the few kinds of DER that an issued ticket is built of. */
public final class DerWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DerWriter() {}

  /** An element with the contents one behind the other. */
  public static byte[] element(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] c : contents) {
      length += c.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length <= 0xff) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    for (byte[] c : contents) {
      out.writeBytes(c);
    }
    return out.toByteArray();
  }

  /** A SEQUENCE. */
  public static byte[] sequence(byte[]... contents) {
    return element(Der.SEQUENCE, contents);
  }

  /** The constructed, context-specific element [n]. */
  public static byte[] context(int n, byte[] content) {
    return element(Der.context(n), content);
  }

  /** A non-negative integer. */
  public static byte[] integer(int value) {
    int bytes = (32 - Integer.numberOfLeadingZeros(value)) / 8 + 1;
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) ((long) value >>> (8 * (bytes - 1 - i)));
    }
    return element(Der.INTEGER, content);
  }

  /** A GeneralString. */
  public static byte[] text(String s) {
    return element(Der.GENERAL_STRING, s.getBytes(StandardCharsets.UTF_8));
  }

  /** A KerberosTime, of seconds since 1970. */
  public static byte[] time(long seconds) {
    String time = TIME.format(Instant.ofEpochSecond(seconds));
    return element(Der.GENERALIZED_TIME, time.getBytes(StandardCharsets.US_ASCII));
  }
}
