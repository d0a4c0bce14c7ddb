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

  /**
   * {@return a value of its own: the array is copied}
   *
   * @param values the values
   */
  public static Longs of(long... values) {
    return values.length == 0 ? EMPTY : new Longs(values.clone());
  }

  /**
   * {@return the first of these, and zeros behind them: for arrays of a fixed size}
   *
   * @param size how many there are, or may be
   * @param values the values
   */
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

  /** {@return how many} */
  public int size() {
    return values.length;
  }

  /**
   * {@return one of them}
   *
   * @param index which one, from 0
   */
  public long get(int index) {
    return values[index];
  }

  /** {@return a copy} */
  public long[] toArray() {
    return values.clone();
  }

  /** {@return all in turn} */
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
