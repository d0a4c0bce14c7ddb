// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;

/** The vectors under {@code /vectors}: the little of JSON that they hold. */
public final class VectorFile {
  private final String text;
  private int at;

  private VectorFile(String text) {
    this.text = text;
  }

  /** An object of a vector file. */
  public record Row(Map<String, Object> members) {
    public boolean has(String name) {
      return members.get(name) != null;
    }

    public String text(String name) {
      return (String) members.get(name);
    }

    public byte[] hex(String name) {
      return HexFormat.of().parseHex(text(name));
    }

    /** An unsigned 64-bit number out of 16 hexadecimal digits. */
    public long word(String name) {
      return Long.parseUnsignedLong(text(name), 16);
    }

    public long number(String name) {
      return (Long) members.get(name);
    }

    public int int32(String name) {
      return (int) number(name);
    }

    public Row row(String name) {
      return (Row) members.get(name);
    }

    public List<?> list(String name) {
      return (List<?>) members.get(name);
    }

    public List<Row> rows(String name) {
      return list(name).stream().map(Row.class::cast).toList();
    }

    /** The rows with a name for test reports. */
    public List<Named<Row>> named(String name) {
      List<Named<Row>> named = new ArrayList<>();
      for (Row row : rows(name)) {
        Object description = row.members.getOrDefault("desc", row.members.get("kind"));
        named.add(Named.of(named.size() + ": " + description, row));
      }
      return named;
    }
  }

  /** The object that a file under {@code /vectors} is. */
  public static Row read(String name) {
    try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name + ".json")) {
      return (Row) new VectorFile(new String(in.readAllBytes(), StandardCharsets.UTF_8)).value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private boolean take(char c) {
    if (next() != c) {
      return false;
    }
    at++;
    return true;
  }

  private Object value() {
    return switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> number();
    };
  }

  private Row object() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    while (!take('}')) {
      next();
      String name = string();
      take(':');
      members.put(name, value());
      take(',');
    }
    return new Row(members);
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    take('[');
    while (!take(']')) {
      list.add(value());
      take(',');
    }
    return list;
  }

  private String string() {
    int end = at + 1;
    while (text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    String s = text.substring(at + 1, end);
    at = end + 1;
    return s;
  }

  /** A number, or null for the word. */
  private Object number() {
    int end = at;
    while (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-') {
      end++;
    }
    String s = text.substring(at, end);
    at = end;
    return s.equals("null") ? null : (Object) Long.valueOf(s);
  }
}
