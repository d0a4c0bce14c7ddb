// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: {@code 4096}, {@code 64KiB}, {@code 1GiB}; {@code 1MB} is 10^6. */
public final class SizeText implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    String s = text.strip().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < s.length() && Character.isDigit(s.charAt(digits))) {
      digits++;
    }
    long factor =
        switch (s.substring(digits).strip()) {
          case "", "b" -> 1L;
          case "k", "kib" -> 1L << 10;
          case "m", "mib" -> 1L << 20;
          case "g", "gib" -> 1L << 30;
          case "kb" -> 1_000L;
          case "mb" -> 1_000_000L;
          case "gb" -> 1_000_000_000L;
          default -> 0L;
        };
    try {
      if (factor != 0 && digits > 0) {
        return Math.multiplyExact(Long.parseLong(s.substring(0, digits)), factor);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is too large");
    }
    throw new TypeConversionException("'" + text + "' is no size; write 4096, 64KiB, 1GiB");
  }

  /** A size for people: {@code 256 MiB}, {@code 4,097 bytes}. */
  public static String format(long bytes) {
    if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
      return (bytes >> 30) + " GiB";
    }
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    if (bytes >= 1 << 10 && bytes % (1 << 10) == 0) {
      return (bytes >> 10) + " KiB";
    }
    return String.format(Locale.ROOT, "%,d byte%s", bytes, bytes == 1 ? "" : "s");
  }
}
