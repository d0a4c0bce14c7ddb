package io.rxrpc.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Prints one JSON value on one line. */
final class Json {
  private Json() {}

  /** Values are strings, numbers, booleans, maps with string keys, and iterables of these. */
  static void print(PrintStream out, Object value) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      write(writer, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter has none
    }
    out.println(text);
    out.flush();
  }

  /** A figure rounded to the decimals that mean something. */
  static double rounded(double value, int decimals) {
    double factor = Math.pow(10, decimals);
    return Math.round(value * factor) / factor;
  }

  private static void write(JsonWriter writer, Object value) throws IOException {
    switch (value) {
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
