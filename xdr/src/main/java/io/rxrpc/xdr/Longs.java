// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Long integers as a value: immutable, equal when their contents are. What arrays of 64-bit
 * integers become; unsigned ones keep their bits.
 */
public final class Longs {
  /** None. */
  public static final Longs EMPTY = new Longs(new long[0]);

  private final long[] values;

  private Longs(long[] values) {
    this.values = values;
  }

  /** A value of its own: the array is copied. */
  public static Longs of(long... values) {
    return values.length == 0 ? EMPTY : new Longs(values.clone());
  }

  /** The first of these, and zeros behind them: for arrays of a fixed size. */
  public static Longs padded(int size, long... values) {
    if (values.length > size) {
      throw new IllegalArgumentException(values.length + " values for " + size);
    }
    return owned(Arrays.copyOf(values, size));
  }

  /** Nobody else may have the array. */
  static Longs owned(long[] values) {
    return values.length == 0 ? EMPTY : new Longs(values);
  }

  long[] array() {
    return values;
  }

  /** How many. */
  public int size() {
    return values.length;
  }

  /** One of them. */
  public long get(int index) {
    return values[index];
  }

  /** A copy. */
  public long[] toArray() {
    return values.clone();
  }

  /** All in turn. */
  public LongStream stream() {
    return Arrays.stream(values);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Longs other && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** For example {@code [1, 2, 3]}. */
  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
