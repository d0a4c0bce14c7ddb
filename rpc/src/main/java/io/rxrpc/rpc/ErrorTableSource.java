// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import org.jspecify.annotations.Nullable;

/** Reads the source of an error table. */
final class ErrorTableSource {
  private final String text;
  private int at;
  private int line = 1;

  ErrorTableSource(String text) {
    this.text = text;
  }

  ErrorTable parse() {
    String prefix = "";
    ErrorTable.Builder table = null;
    for (String word = word(); !word.isEmpty() && !word.equals("end"); word = word()) {
      switch (word) {
        case "error_table", "et" -> table = begin();
        case "prefix" -> prefix = restOfLine();
        case "index" -> begun(table).index(number(word()));
        case "ec", "error_code" -> {
          String name = word();
          expect(',');
          begun(table).code(prefix.isEmpty() ? name : prefix + "_" + name, quoted());
        }
        case "id" -> restOfLine();
        default -> throw wrong("'" + word + "' is no statement of an error table");
      }
    }
    return begun(table).build();
  }

  /** The name is the last word: one before it is the prefix of functions. */
  private ErrorTable.Builder begin() {
    String[] words = restOfLine().split("\\s+", -1);
    try {
      return ErrorTable.named(words[words.length - 1]);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ErrorTable.Builder begun(ErrorTable.@Nullable Builder table) {
    if (table == null) {
      throw wrong("error_table NAME must come first");
    }
    return table;
  }

  private int number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw wrong("'" + word + "' is no number");
    }
  }

  private String word() {
    skip();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (from == at && at < text.length()) {
      throw wrong("'" + text.charAt(at) + "' where a word must be");
    }
    return text.substring(from, at);
  }

  private String restOfLine() {
    int from = at;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '#') {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private void expect(char c) {
    skip();
    if (at == text.length() || text.charAt(at) != c) {
      throw wrong("'" + c + "' is missing");
    }
    at++;
  }

  private String quoted() {
    expect('"');
    StringBuilder s = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      s.append(text.charAt(at++));
    }
    if (at == text.length() || text.charAt(at) != '"') {
      throw wrong("the text does not end on its line");
    }
    at++;
    return s.toString();
  }

  private void skip() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        restOfComment();
      } else if (Character.isWhitespace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else {
        return;
      }
    }
  }

  private void restOfComment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("line " + line + " of an error table: " + why);
  }
}
