// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.cpp;

import io.rxrpc.rxgen.cpp.CppToken.Kind;
import io.rxrpc.rxgen.source.Place;
import io.rxrpc.rxgen.source.Source;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into tokens, line ends among them. Comments are white space; a backslash at the end
 * of a line joins it with the next one, anywhere. Comments that begin with two stars are
 * documentation of what follows.
 */
final class Scanner {
  private static final String[] MARKS = {
    "...", "<<=", ">>=", "##", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>"
  };

  private static final char NONE = '\0';

  private final Source source;
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;
  private boolean startsLine = true;

  private final Map<Place, String> documentation;
  private @Nullable String pending;

  Scanner(Source source) {
    this(source, new HashMap<>());
  }

  /** Notes documentation by the place of the token that it stands before. */
  Scanner(Source source, Map<Place, String> documentation) {
    this.source = source;
    this.documentation = documentation;
    this.text = source.text();
    joinLines();
  }

  Source source() {
    return source;
  }

  /** The next token; at the end of the file {@link Kind#END} again and again. */
  CppToken next() {
    CppToken unclosed = skipBlanks();
    if (unclosed != null) {
      return unclosed;
    }
    Place place = place();
    boolean first = startsLine;
    if (at >= text.length()) {
      startsLine = true;
      return CppToken.of(Kind.END, "", place, first);
    }
    char c = text.charAt(at);
    if (c == '\n') {
      advance();
      startsLine = true;
      return CppToken.of(Kind.LINE_END, "", place, first);
    }
    startsLine = false;
    if (pending != null) {
      documentation.put(place, pending);
      pending = null;
    }
    if (c == '%' && first) {
      advance();
      return CppToken.of(Kind.PASSED, restOfLine(), place, true);
    }
    if (isNameStart(c)) {
      return CppToken.of(Kind.NAME, word(), place, first);
    }
    if (isDigit(c)) {
      return CppToken.of(Kind.NUMBER, number(), place, first);
    }
    if (c == '"' || c == '\'') {
      return quoted(c, place, first);
    }
    return CppToken.of(Kind.MARK, mark(), place, first);
  }

  /**
   * What stands in quotes or brackets after {@code #include}, with them; empty where something else
   * stands there, which is not consumed.
   */
  String headerName() {
    if (skipBlanks() != null || at >= text.length()) {
      return "";
    }
    char open = text.charAt(at);
    char close = open == '<' ? '>' : open;
    if (open != '<' && open != '"') {
      return "";
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != close && text.charAt(end) != '\n') {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != close) {
      return "";
    }
    String name = text.substring(at, end + 1);
    at = end + 1;
    return name;
  }

  /** Whether the line of the last token is over: its end was consumed, or the file's. */
  boolean isLineEnded() {
    return startsLine;
  }

  /** Whether that character follows, with no blank before it. */
  boolean isNext(char c) {
    return peek() == c;
  }

  /** Passes over the rest of the line and its end. */
  void skipLine() {
    Kind kind;
    do {
      kind = next().kind();
    } while (kind != Kind.LINE_END && kind != Kind.END);
  }

  private Place place() {
    return new Place(source.name(), line, at - lineStart + 1);
  }

  /** Moves on by one character, and over backslashes at the end of lines. */
  private void advance() {
    if (text.charAt(at) == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
    joinLines();
  }

  private void joinLines() {
    while (at < text.length() && text.charAt(at) == '\\') {
      int end = at + 1;
      if (end < text.length() && text.charAt(end) == '\r') {
        end++;
      }
      if (end >= text.length() || text.charAt(end) != '\n') {
        return;
      }
      at = end + 1;
      line++;
      lineStart = at;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : NONE;
  }

  private char peekNext() {
    return at + 1 < text.length() ? text.charAt(at + 1) : NONE;
  }

  /** White space and comments; returns a token for a comment that is not closed, else null. */
  private @Nullable CppToken skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b) {
        advance();
      } else if (c == '/' && peekNext() == '*') {
        Place place = place();
        int from = at;
        if (!skipComment()) {
          return CppToken.of(Kind.UNCLOSED, "a comment that nothing closes", place, startsLine);
        }
        if (text.startsWith("/**", from) && at - from > "/***/".length()) {
          pending = text.substring(from + "/**".length(), at - "*/".length());
        }
      } else if (c == '/' && peekNext() == '/') {
        while (at < text.length() && text.charAt(at) != '\n') {
          advance();
        }
      } else {
        return null;
      }
    }
    return null;
  }

  private boolean skipComment() {
    advance();
    advance();
    while (at < text.length()) {
      boolean star = text.charAt(at) == '*';
      advance();
      if (star && peek() == '/') {
        advance();
        return true;
      }
    }
    return false;
  }

  private String restOfLine() {
    StringBuilder rest = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\n') {
      // A comment that goes on over the next lines belongs to the line that it began on.
      if (text.charAt(at) == '/' && peekNext() == '*') {
        if (!skipComment()) {
          break;
        }
        rest.append(' ');
      } else {
        rest.append(text.charAt(at));
        advance();
      }
    }
    return rest.toString();
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < text.length() && isNamePart(text.charAt(at))) {
      word.append(text.charAt(at));
      advance();
    }
    return word.toString();
  }

  private String number() {
    StringBuilder number = new StringBuilder();
    while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '.')) {
      number.append(text.charAt(at));
      advance();
    }
    return number.toString();
  }

  private CppToken quoted(char quote, Place place, boolean first) {
    StringBuilder inside = new StringBuilder();
    advance();
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at);
      advance();
      if (c == quote) {
        Kind kind = quote == '"' ? Kind.STRING : Kind.CHARACTER;
        return CppToken.of(kind, inside.toString(), place, first);
      }
      inside.append(c);
      if (c == '\\' && at < text.length() && text.charAt(at) != '\n') {
        inside.append(text.charAt(at));
        advance();
      }
    }
    return CppToken.of(
        Kind.UNCLOSED, "a " + quote + " that nothing closes on its line", place, first);
  }

  private String mark() {
    for (String mark : MARKS) {
      if (text.startsWith(mark, at)) {
        for (int i = 0; i < mark.length(); i++) {
          advance();
        }
        return mark;
      }
    }
    char c = text.charAt(at);
    advance();
    if (Character.isHighSurrogate(c) && Character.isLowSurrogate(peek())) {
      char low = text.charAt(at);
      advance();
      return "" + c + low;
    }
    return String.valueOf(c);
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }
}
