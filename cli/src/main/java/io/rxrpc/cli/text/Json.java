// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints one JSON value on one line. */
public final class Json {
  private Json() {}

  /** Values are strings, numbers, booleans, null, maps with string keys, and iterables of these. */
  public static void print(PrintStream out, Object value) {
    out.println(text(value, out.charset()));
    out.flush();
  }

  /** One value; what the charset cannot carry is escaped. */
  public static String text(@Nullable Object value, Charset charset) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      write(writer, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has none
    }
    return escaped(text.toString(), charset);
  }

  /** A figure rounded to the decimals that mean something. */
  public static double rounded(double value, int decimals) {
    double factor = Math.pow(10, decimals);
    return Math.round(value * factor) / factor;
  }

  /** Lone surrogates stand for octets that are no text: a stream would print question marks. */
  private static String escaped(String json, Charset charset) {
    if (json.chars().allMatch(c -> c < 0x80)) {
      return json;
    }
    CharsetEncoder encoder = charset.newEncoder();
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            c -> {
              String character = Character.toString(c);
              if (encoder.canEncode(character)) {
                escaped.append(character);
              } else {
                character.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
              }
            });
    return escaped.toString();
  }

  private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> writer.nullValue();
      case String s -> writer.value(s);
      case Long n -> writer.value(n); // as itself: a double would lose digits
      case Number n -> writer.value(n);
      case Boolean b -> writer.value(b);
      case Map<?, ?> map -> {
        writer.beginObject();
        for (Map.Entry<?, ?> e : map.entrySet()) {
          writer.name(String.valueOf(e.getKey()));
          write(writer, e.getValue());
        }
        writer.endObject();
      }
      case Iterable<?> list -> {
        writer.beginArray();
        for (Object element : list) {
          write(writer, element);
        }
        writer.endArray();
      }
      default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
    }
  }
}
