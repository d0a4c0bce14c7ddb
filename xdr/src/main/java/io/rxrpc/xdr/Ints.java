// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Integers as a value: immutable, equal when their contents are. What arrays of 32-bit integers
 * become; unsigned ones keep their bits.
 */
public final class Ints {
  /** None. */
  public static final Ints EMPTY = new Ints(new int[0]);

  private final int[] values;

  private Ints(int[] values) {
    this.values = values;
  }

  /**
   * {@return a value of its own: the array is copied}
   *
   * @param values the values
   */
  public static Ints of(int... values) {
    return values.length == 0 ? EMPTY : new Ints(values.clone());
  }

  /**
   * {@return the first of these, and zeros behind them: for arrays of a fixed size}
   *
   * @param size how many there are, or may be
   * @param values the values
   */
  public static Ints padded(int size, int... values) {
    if (values.length > size) {
      throw new IllegalArgumentException(values.length + " values for " + size);
    }
    return owned(Arrays.copyOf(values, size));
  }

  /** Nobody else may have the array. */
  static Ints owned(int[] values) {
    return values.length == 0 ? EMPTY : new Ints(values);
  }

  int[] array() {
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
  public int get(int index) {
    return values[index];
  }

  /** {@return a copy} */
  public int[] toArray() {
    return values.clone();
  }

  /** {@return all in turn} */
  public IntStream stream() {
    return Arrays.stream(values);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Ints other && Arrays.equals(values, other.values);
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
