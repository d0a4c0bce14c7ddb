// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.krb;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads DER, and nothing but DER: one-byte tags, definite lengths in their shortest form, every
 * element inside its parent, nothing behind the last one. All sums are made where they cannot
 * overflow. Any violation is a failure.
 */
public final class Der {
  /** The tag. */
  public static final int INTEGER = 0x02;

  /** The tag. */
  public static final int BIT_STRING = 0x03;

  /** The tag. */
  public static final int OCTET_STRING = 0x04;

  /** The tag. */
  public static final int SEQUENCE = 0x30;

  /** The tag. */
  public static final int GENERALIZED_TIME = 0x18;

  /** The tag. */
  public static final int GENERAL_STRING = 0x1b;

  private static final int TIME_LENGTH = 15;

  private final byte[] bytes;
  private final int end;
  private int at;

  private Der(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** Reads these. */
  public static Der of(byte[] bytes) {
    return new Der(bytes, 0, bytes.length);
  }

  /** The tag [n] of a constructed, context-specific element. */
  public static int context(int n) {
    return 0xa0 | n;
  }

  /** The tag of a constructed element of the application. */
  public static int application(int n) {
    return 0x60 | n;
  }

  /** Whether another element follows. */
  public boolean hasMore() {
    return at < end;
  }

  /** Bytes that were not read. */
  public int remaining() {
    return end - at;
  }

  /** Whether the next element has this tag. */
  public boolean nextIs(int tag) {
    return at < end && (bytes[at] & 0xff) == tag;
  }

  /** Goes behind the next element, which must have this tag, and returns what is in it. */
  public Der enter(int tag) throws KrbException {
    if (!nextIs(tag)) {
      throw bad();
    }
    at++;
    int length = length();
    if (length > end - at) {
      throw bad();
    }
    Der content = new Der(bytes, at, at + length);
    at += length;
    return content;
  }

  /** Goes behind the next element if it has this tag. */
  public void skipOptional(int tag) throws KrbException {
    if (nextIs(tag)) {
      enter(tag);
    }
  }

  /** The only element in here. */
  public Der only(int tag) throws KrbException {
    Der element = enter(tag);
    finish();
    return element;
  }

  /** Nothing may follow. */
  public void finish() throws KrbException {
    if (at != end) {
      throw bad();
    }
  }

  private int length() throws KrbException {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 3) {
      throw bad(); // indefinite, or longer than any ticket
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | octet();
    }
    if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
      throw bad(); // not the shortest form
    }
    return length;
  }

  private int octet() throws KrbException {
    if (at >= end) {
      throw bad();
    }
    return bytes[at++] & 0xff;
  }

  /** An INTEGER that fits into 32 bits, signed or unsigned: the only element in here. */
  public int int32() throws KrbException {
    Der content = only(INTEGER);
    int n = content.remaining();
    boolean padded =
        n > 1
            && ((bytes[content.at] == 0 && bytes[content.at + 1] >= 0)
                || (bytes[content.at] == -1 && bytes[content.at + 1] < 0));
    if (n == 0 || n > 5 || padded || (n == 5 && bytes[content.at] != 0)) {
      throw bad();
    }
    int value = bytes[content.at]; // with its sign
    for (int i = 1; i < n; i++) {
      value = value << 8 | (bytes[content.at + i] & 0xff);
    }
    return value;
  }

  /** A copy of the OCTET STRING that is the only element in here. */
  public byte[] octets() throws KrbException {
    return only(OCTET_STRING).rest();
  }

  /** A copy of all that was not read. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** A BIT STRING of at least 32 bits, the first 32 of them: the only element in here. */
  public int flags() throws KrbException {
    Der content = only(BIT_STRING);
    if (content.remaining() < 5 || content.octet() > 7) {
      throw bad();
    }
    int flags = 0;
    for (int i = 0; i < 4; i++) {
      flags = flags << 8 | content.octet();
    }
    return flags;
  }

  /** The bytes of a GeneralString, the next element. */
  public byte[] text() throws KrbException {
    return enter(GENERAL_STRING).rest();
  }

  /** A KerberosTime, the only element in here, in seconds since 1970. */
  public long time() throws KrbException {
    Der content = only(GENERALIZED_TIME);
    if (content.remaining() != TIME_LENGTH || bytes[content.end - 1] != 'Z') {
      throw bad();
    }
    try {
      return LocalDateTime.of(
              content.digits(4),
              content.digits(2),
              content.digits(2),
              content.digits(2),
              content.digits(2),
              content.digits(2))
          .toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw bad();
    }
  }

  private int digits(int count) throws KrbException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = octet() - '0';
      if (digit < 0 || digit > 9) {
        throw bad();
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static KrbException bad() {
    return KrbException.form("it is not DER of the form expected");
  }
}
