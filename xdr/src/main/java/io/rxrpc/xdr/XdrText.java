// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.nio.charset.StandardCharsets;

/**
 * The octets of a {@code string} or a {@code char} array as a Java string, and back, whatever they
 * are: valid UTF-8 becomes its characters, and an octet that is no part of valid UTF-8 becomes the
 * lone surrogate U+DC00 + octet (U+DC80..U+DCFF), which no valid UTF-8 can mean. So every sequence
 * of octets comes back as it was.
 */
public final class XdrText {
  private static final int ESCAPES = 0xDC00;

  private XdrText() {}

  /**
   * {@return the text of these octets} Never fails.
   *
   * @param octets the data
   */
  public static String decode(byte[] octets) {
    return decode(octets, 0, octets.length);
  }

  /**
   * {@return the text of a part of an array} Never fails.
   *
   * @param octets the data
   * @param offset where they begin
   * @param length how many bytes
   */
  public static String decode(byte[] octets, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end && octets[at] >= 0) {
      at++;
    }
    if (at == end) {
      return new String(octets, offset, length, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(length);
    at = offset;
    while (at < end) {
      int units = sequence(octets, at, end);
      if (units == 0) {
        text.append((char) (ESCAPES + (octets[at++] & 0xff)));
      } else {
        text.appendCodePoint(codePoint(octets, at, units));
        at += units;
      }
    }
    return text.toString();
  }

  /**
   * {@return the octets of a text}
   *
   * @param text the text
   * @throws IllegalArgumentException when it has a lone surrogate that stands for no octet
   */
  public static byte[] encode(String text) {
    int bad = firstBad(text);
    if (bad >= 0) {
      throw new IllegalArgumentException(problem(text, bad));
    }
    byte[] octets = new byte[length(text)];
    write(text, octets, 0, 1);
    return octets;
  }

  /**
   * {@return what C sees of a text: that which comes before the first NUL} A {@code char} array of
   * a peer that does not clear its memory may have anything behind it.
   *
   * @param text the text
   */
  public static String untilNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  /** The index of the first NUL, or -1. */
  static int nul(byte[] octets) {
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** How many octets a text has; without one that cannot be written. */
  static int length(String text) {
    int chars = text.length();
    int octets = 0;
    int i = 0;
    while (i < chars) {
      char c = text.charAt(i++);
      if (c < 0x80 || isEscape(c)) {
        octets++;
      } else if (c < 0x800) {
        octets += 2;
      } else if (Character.isHighSurrogate(c)) {
        octets += 4;
        i++;
      } else {
        octets += 3;
      }
    }
    return octets;
  }

  /** The index of a surrogate that cannot be written, or -1. */
  static int firstBad(String text) {
    int chars = text.length();
    int i = 0;
    while (i < chars) {
      char c = text.charAt(i++);
      if (Character.isSurrogate(c) && !isEscape(c)) {
        if (Character.isLowSurrogate(c)
            || i == chars
            || !Character.isLowSurrogate(text.charAt(i))) {
          return i - 1;
        }
        i++;
      }
    }
    return -1;
  }

  static String problem(String text, int bad) {
    return "character %d is the lone surrogate U+%04X, which stands for no octet"
        .formatted(bad, (int) text.charAt(bad));
  }

  /** Writes each octet of a good text, {@code step} apart; returns where the next would go. */
  static int write(String text, byte[] to, int offset, int step) {
    int chars = text.length();
    int at = offset;
    int i = 0;
    while (i < chars) {
      char c = text.charAt(i++);
      if (c < 0x80) {
        to[at] = (byte) c;
      } else if (isEscape(c)) {
        to[at] = (byte) (c - ESCAPES);
      } else if (c < 0x800) {
        to[at] = (byte) (0xc0 | c >> 6);
        at += step;
        to[at] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)) {
        int point = Character.toCodePoint(c, text.charAt(i++));
        to[at] = (byte) (0xf0 | point >> 18);
        at += step;
        to[at] = (byte) (0x80 | (point >> 12 & 0x3f));
        at += step;
        to[at] = (byte) (0x80 | (point >> 6 & 0x3f));
        at += step;
        to[at] = (byte) (0x80 | (point & 0x3f));
      } else {
        to[at] = (byte) (0xe0 | c >> 12);
        at += step;
        to[at] = (byte) (0x80 | (c >> 6 & 0x3f));
        at += step;
        to[at] = (byte) (0x80 | (c & 0x3f));
      }
      at += step;
    }
    return at;
  }

  private static boolean isEscape(char c) {
    return c >= ESCAPES + 0x80 && c <= ESCAPES + 0xff;
  }

  /** The length of the valid sequence here, 1..4, or 0: RFC 3629's table. */
  private static int sequence(byte[] o, int at, int end) {
    int b = o[at] & 0xff;
    if (b < 0x80) {
      return 1;
    }
    int units = b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
    if (units == 0 || end - at < units) {
      return 0;
    }
    int second = o[at + 1] & 0xff;
    int least = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
    int most = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < units; i++) {
      if ((o[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return units;
  }

  private static int codePoint(byte[] o, int at, int units) {
    int first = o[at] & 0xff;
    if (units == 1) {
      return first;
    }
    int point = first & (0x7f >> units);
    for (int i = 1; i < units; i++) {
      point = point << 6 | (o[at + i] & 0x3f);
    }
    return point;
  }
}
