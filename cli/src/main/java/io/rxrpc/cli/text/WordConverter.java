// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few words; a subclass says which. */
public abstract class WordConverter<T> implements ITypeConverter<T> {
  private final List<T> values;
  private final Function<T, String> label;

  /** The words are the labels of these values. */
  public WordConverter(T[] values, Function<T, String> label) {
    this.values = List.copyOf(Arrays.asList(values));
    this.label = label;
  }

  /** The constants of an enum, in lower case. */
  public static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** All words that it reads. */
  public final List<String> words() {
    return values.stream().map(label).toList();
  }

  @Override
  public final T convert(String text) {
    for (T value : values) {
      if (label.apply(value).equals(text)) {
        return value;
      }
    }
    List<String> words = words();
    throw new TypeConversionException(
        "'" + text + "' is none of " + String.join(", ", words) + Similar.hint(text, words));
  }
}
