// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import io.rxrpc.rxgen.value.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values for people, a field a line. Text that could be taken for something else, or would do
 * something to a terminal, stands in quotation marks with the escapes of JSON.
 */
public final class PlainValues {
  private static final int WIDTH = 78;

  private final StringBuilder out = new StringBuilder();

  private PlainValues() {}

  /** The lines of these values, each with its end. */
  public static String of(Map<String, ? extends @Nullable Object> values) {
    PlainValues block = new PlainValues();
    values.forEach((name, value) -> block.field("", name, value));
    return block.out.toString();
  }

  private void field(String indent, String name, @Nullable Object value) {
    out.append(indent).append(name).append(':');
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        fields(indent + "  ", map);
      }
      case List<?> list when !list.isEmpty() -> list(indent, name, list);
      case null, default -> out.append(' ').append(word(value)).append('\n');
    }
  }

  private void fields(String indent, Map<?, ?> map) {
    map.forEach((name, value) -> field(indent, String.valueOf(name), value));
  }

  private void list(String indent, String name, List<?> list) {
    if (list.stream().anyMatch(element -> element instanceof Map || element instanceof List)) {
      out.append('\n');
      int i = 0;
      for (Object element : list) {
        field(indent + "  ", "[" + i + "]", element);
        i++;
      }
      return;
    }
    String more = indent + "  ";
    int column = indent.length() + name.length() + 1;
    boolean first = true;
    for (Object element : list) {
      String word = word(element);
      out.append(first ? "" : ",");
      column += first ? 0 : 1;
      first = false;
      if (column + 2 + word.length() > WIDTH && column > more.length()) {
        out.append('\n').append(more).append(word);
        column = more.length() + word.length();
      } else {
        out.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    out.append('\n');
  }

  private static String word(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case Absent _ -> "none";
      case List<?> _ -> "none";
      case Map<?, ?> _ -> "nothing in it";
      case String text -> isPlain(text) ? text : quoted(text);
      default -> value.toString();
    };
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && !text.equals("none")
        && text.equals(text.strip())
        && text.indexOf('"') < 0
        && text.indexOf(',') < 0
        && text.codePoints().allMatch(PlainValues::isShown);
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (isShown(c)) {
                quoted.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  quoted.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return quoted.append('"').toString();
  }
}
