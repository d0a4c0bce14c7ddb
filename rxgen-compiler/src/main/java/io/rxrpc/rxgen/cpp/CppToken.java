// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * A token.
 *
 * @param kind what it is
 * @param text its characters; of strings without the quotes, of {@code %} lines the rest of the
 *     line
 * @param place where it stands, or where the macro stands that it came out of
 * @param startsLine whether it is the first of its line
 * @param macro the name of the macro without parameters that it is all of; null where it is none
 */
public record CppToken(
    Kind kind, String text, Place place, boolean startsLine, @Nullable String macro) {
  /** What a token is. */
  public enum Kind {
    /** A name or keyword. */
    NAME,
    /** A number as C writes it. */
    NUMBER,
    /** A string. */
    STRING,
    /** A character in single quotes. */
    CHARACTER,
    /** An operator or separator, or a character that has no place in the language. */
    MARK,
    /** A line that begins with a percent sign. */
    PASSED,
    /** A quote that nothing closes on its line, or a comment that nothing closes at all. */
    UNCLOSED,
    /** The end of a line. */
    LINE_END,
    /** The end of the file. */
    END
  }

  static CppToken of(Kind kind, String text, Place place, boolean startsLine) {
    return new CppToken(kind, text, place, startsLine, null);
  }

  /** Whether this is that operator or separator. */
  public boolean is(String mark) {
    return kind == Kind.MARK && text.equals(mark);
  }

  /** Whether this is that name. */
  public boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  CppToken at(Place where, @Nullable String from) {
    return new CppToken(kind, text, where, startsLine, from);
  }

  /** How a message shows it. */
  public String shown() {
    return switch (kind) {
      case END -> "the end of the file";
      case LINE_END -> "the end of the line";
      case STRING -> quoted('"');
      case UNCLOSED -> text;
      case PASSED -> "a % line";
      case CHARACTER -> quoted('\'');
      case NAME, NUMBER, MARK -> "'" + printable() + "'";
    };
  }

  private String quoted(char quote) {
    return quote + printable() + quote;
  }

  private String printable() {
    String cut = text.length() > 40 ? text.substring(0, 37) + "..." : text;
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
        shown.append(String.format("\\x%02x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
