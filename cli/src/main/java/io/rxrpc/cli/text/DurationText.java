// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations as people write them: {@code 500ms}, {@code 2s}, {@code 1.5m}; only 0 needs no unit.
 */
public final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?(us|ms|s|m|h)?");

  @Override
  public Duration convert(String text) {
    Matcher m = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new TypeConversionException("'" + text + "' is no duration; write 500ms, 2s, 1m");
    }
    String unit = m.group(2);
    BigDecimal number = new BigDecimal(m.group(1));
    if (unit == null && number.signum() != 0) {
      throw new TypeConversionException(
          "'" + text + "' lacks its unit; write " + text.strip() + "s or " + text.strip() + "ms");
    }
    long nanos =
        switch (unit == null ? "s" : unit) {
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000_000_000L;
        };
    BigDecimal total = number.multiply(BigDecimal.valueOf(nanos));
    try {
      return Duration.ofNanos(total.toBigInteger().longValueExact());
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is too long");
    }
  }

  /** A duration for people, three digits: {@code 412 us}, {@code 1.25 ms}, {@code 3.20 s}. */
  public static String format(long nanos) {
    if (nanos < 1_000_000) {
      return String.format(Locale.ROOT, "%.0f us", nanos / 1e3);
    }
    return nanos < 1_000_000_000
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
