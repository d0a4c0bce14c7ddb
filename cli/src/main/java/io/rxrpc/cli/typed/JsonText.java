// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as values of a described type: maps, lists, strings, booleans, and numbers with all of
 * their digits (a double would lose those of 64 bits).
 */
final class JsonText {
  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

  /** More digits than any number of XDR can have. */
  private static final int LONGEST_NUMBER = 1000;

  private static final int DIGITS_OF_A_LONG = 18;

  private JsonText() {}

  /**
   * Reads one value.
   *
   * @throws RefusedException if the text is something else, or more
   */
  static @Nullable Object parse(String text) throws RefusedException {
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      in.setStrictness(Strictness.STRICT);
      Object value = value(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new RefusedException("there is more behind the JSON");
      }
      return value;
    } catch (MalformedJsonException e) {
      throw new RefusedException("this is no JSON" + place(e));
    } catch (EOFException e) {
      throw new RefusedException("the JSON ends too early");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringReader has none
    }
  }

  /** Reads an object. */
  static Map<String, @Nullable Object> object(String text) throws RefusedException {
    if (!(parse(text) instanceof Map<?, ?> map)) {
      throw new RefusedException("expected a JSON object, as in {\"name\": 1}");
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    map.forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }

  private static @Nullable Object value(JsonReader in) throws IOException, RefusedException {
    return switch (in.peek()) {
      case BEGIN_OBJECT -> map(in);
      case BEGIN_ARRAY -> list(in);
      case STRING -> in.nextString();
      case NUMBER -> number(in.nextString());
      case BOOLEAN -> in.nextBoolean();
      case NULL -> {
        in.nextNull();
        yield null;
      }
      default -> throw new RefusedException("this is no JSON");
    };
  }

  private static Map<String, @Nullable Object> map(JsonReader in)
      throws IOException, RefusedException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (map.containsKey(name)) {
        throw new RefusedException(name + ": this name stands twice in the JSON");
      }
      map.put(name, value(in));
    }
    in.endObject();
    return map;
  }

  private static List<@Nullable Object> list(JsonReader in) throws IOException, RefusedException {
    List<@Nullable Object> list = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      list.add(value(in));
    }
    in.endArray();
    return list;
  }

  private static Number number(String digits) throws RefusedException {
    if (digits.length() > LONGEST_NUMBER) {
      throw new RefusedException("a number of " + digits.length() + " characters");
    }
    if (digits.matches("-?[0-9]+")) {
      BigInteger whole = new BigInteger(digits);
      if (whole.signum() != 0 || !digits.startsWith("-")) {
        return digits.length() <= DIGITS_OF_A_LONG ? (Number) whole.longValue() : whole;
      }
    }
    try {
      BigDecimal number = new BigDecimal(digits);
      return number.signum() == 0 ? (Number) Double.valueOf(digits) : number; // -0.0 has a sign
    } catch (NumberFormatException e) {
      throw new RefusedException(digits + ": no type has numbers of that size");
    }
  }

  private static String place(MalformedJsonException e) {
    Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
    return place.find() ? ": line " + place.group(1) + ", column " + place.group(2) : "";
  }
}
