// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tuning;

import java.util.Locale;

/** Values of tunables as people write and read them. */
final class TunableText {
  private static final String[] SUFFIX = {
    "ns", "us", "ms", "kib", "mib", "gib", "min", "s", "m", "h", "k", "g"
  };

  private TunableText() {}

  static long parse(Tunable tunable, String text) {
    String s = text.trim().toLowerCase(Locale.ROOT);
    if (tunable.unit() == Tunable.Unit.CHOICE) {
      return choice(tunable, s, text);
    }
    String suffix = "";
    for (String candidate : SUFFIX) {
      if (s.endsWith(candidate)) {
        suffix = candidate;
        break;
      }
    }
    String digits = s.substring(0, s.length() - suffix.length()).trim();
    try {
      long number = Long.parseLong(digits);
      if (tunable.unit() == Tunable.Unit.NANOS && suffix.isEmpty() && number != 0) {
        throw new IllegalArgumentException(
            tunable.optionName() + ": '" + text + "' lacks its unit, as in 200ms or 2s");
      }
      return Math.multiplyExact(number, factor(tunable.unit(), suffix));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          tunable.optionName() + ": cannot read '" + text + "' as " + example(tunable.unit()), e);
    }
  }

  private static long choice(Tunable tunable, String word, String text) {
    int place = tunable.choices().indexOf(word);
    if (place < 0) {
      throw new IllegalArgumentException(
          tunable.optionName()
              + ": '"
              + text
              + "' is none of "
              + String.join(", ", tunable.choices()));
    }
    return place;
  }

  static String format(Tunable tunable, long v) {
    return switch (tunable.unit()) {
      case NANOS -> duration(v);
      case BYTES -> bytes(v);
      case PACKETS, COUNT -> Long.toString(v);
      case CHOICE ->
          // a value outside the range appears in the message that refuses it
          v >= 0 && v < tunable.choices().size()
              ? tunable.choices().get((int) v)
              : Long.toString(v);
    };
  }

  private static long factor(Tunable.Unit unit, String suffix) {
    return switch (unit) {
      case NANOS ->
          switch (suffix) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "" -> 1L; // of 0
            default -> throw new NumberFormatException(suffix);
          };
      case BYTES ->
          switch (suffix) {
            case "" -> 1L;
            case "k", "kib" -> 1L << 10;
            case "m", "mib" -> 1L << 20;
            case "g", "gib" -> 1L << 30;
            default -> throw new NumberFormatException(suffix);
          };
      case PACKETS, COUNT -> {
        if (!suffix.isEmpty()) {
          throw new NumberFormatException(suffix);
        }
        yield 1L;
      }
      case CHOICE -> throw new IllegalStateException("a word has no factor");
    };
  }

  private static String example(Tunable.Unit unit) {
    return switch (unit) {
      case NANOS -> "a duration such as 200ms or 2s";
      case BYTES -> "a size such as 4096 or 4MiB";
      case PACKETS -> "a number of packets";
      case COUNT -> "a number";
      case CHOICE -> "a word";
    };
  }

  private static String duration(long ns) {
    if (ns % 1_000_000_000L == 0) {
      return ns / 1_000_000_000L + "s";
    }
    if (ns % 1_000_000L == 0) {
      return ns / 1_000_000L + "ms";
    }
    return ns % 1_000 == 0 ? ns / 1_000 + "us" : ns + "ns";
  }

  private static String bytes(long b) {
    if (b >= 1 << 20 && b % (1 << 20) == 0) {
      return (b >> 20) + "MiB";
    }
    return b >= 1 << 10 && b % (1 << 10) == 0 ? (b >> 10) + "KiB" : Long.toString(b);
  }
}
