// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.value;

import io.rxrpc.xdr.Ints;
import io.rxrpc.xdr.Longs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Numbers of any kind, and lists of them that take no more memory than the octets did. */
final class Numbers {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

  private Numbers() {}

  static Number unsigned(long bits) {
    return bits >= 0 ? Long.valueOf(bits) : BigInteger.valueOf(bits).add(TWO_64);
  }

  static List<Object> list(Ints ints, boolean unsigned) {
    return new View(ints.size()) {
      @Override
      public Object get(int index) {
        int value = ints.get(index);
        return unsigned ? Integer.toUnsignedLong(value) : Long.valueOf(value);
      }
    };
  }

  static List<Object> list(Longs longs, boolean unsigned) {
    return new View(longs.size()) {
      @Override
      public Object get(int index) {
        long value = longs.get(index);
        return unsigned ? Numbers.unsigned(value) : Long.valueOf(value);
      }
    };
  }

  private abstract static class View extends AbstractList<Object> implements RandomAccess {
    private final int size;

    View(int size) {
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** A number without a fraction between these two. */
  static BigInteger integer(@Nullable Object value, BigInteger least, BigInteger most)
      throws ValueException {
    BigInteger number = integer(value);
    if (number == null) {
      throw new ValueException("", "expected a whole number, found " + Shown.of(value));
    }
    if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
      throw new ValueException("", number + " is outside " + least + ".." + most);
    }
    return number;
  }

  private static @Nullable BigInteger integer(@Nullable Object value) {
    return switch (value) {
      case BigInteger big -> big;
      case Long l -> BigInteger.valueOf(l);
      case Integer i -> BigInteger.valueOf(i);
      case Short s -> BigInteger.valueOf(s);
      case Byte b -> BigInteger.valueOf(b);
      case Number other -> whole(other.toString());
      case String text -> digits(text);
      case null, default -> null;
    };
  }

  private static @Nullable BigInteger digits(String text) {
    if (text.matches("[-+]?[0-9]{1,30}")) {
      return new BigInteger(text);
    }
    return text.matches("0[xX][0-9a-fA-F]{1,30}") ? new BigInteger(text.substring(2), 16) : null;
  }

  private static @Nullable BigInteger whole(String text) {
    if (!text.matches("[-+]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,2})?")) {
      return null;
    }
    try {
      return new BigDecimal(text).toBigIntegerExact();
    } catch (ArithmeticException e) {
      return null; // there is a fraction
    }
  }

  /** A float: what is beyond its range is refused, not made infinite. */
  static float real32(@Nullable Object value) throws ValueException {
    double wide = real(value);
    float narrow = (float) wide;
    if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
      throw new ValueException("", Shown.of(value) + " is beyond the range of a float");
    }
    return narrow;
  }

  static double real(@Nullable Object value) throws ValueException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new ValueException("", "expected a number, found " + Shown.of(value));
      }
    }
    throw new ValueException("", "expected a number, found " + Shown.of(value));
  }
}
