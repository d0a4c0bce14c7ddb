// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tuning;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value for every {@link Tunable}. Immutable and safe for all threads. */
public final class Tunables {
  private static final Tunables DEFAULTS = new Tunables(defaultValues());

  private final long[] values;

  private Tunables(long[] values) {
    this.values = values;
  }

  /** {@return the defaults of the table} */
  public static Tunables defaults() {
    return DEFAULTS;
  }

  /**
   * {@return the defaults, overridden by environment variables and then by system properties named
   * {@link Tunable#propertyName()}} A name that begins like theirs and is none is told in the log,
   * once.
   *
   * @throws IllegalArgumentException if one of them cannot be read or is out of range
   */
  public static Tunables fromProperties() {
    Map<String, String> environment = System.getenv();
    UnknownNames.tell(environment.keySet());
    UnknownNames.tell(System.getProperties().stringPropertyNames());
    return DEFAULTS.overriddenBy(environment::get).overriddenBy(System::getProperty);
  }

  private Tunables overriddenBy(Function<String, @Nullable String> lookup) {
    Tunables result = this;
    for (Tunable t : Tunable.values()) {
      String text = lookup.apply(t.propertyName());
      if (text != null) {
        result = result.with(t, t.parse(text));
      }
    }
    return result;
  }

  /**
   * {@return the value in the tunable's unit (durations in nanoseconds)}
   *
   * @param tunable which one
   */
  public long get(Tunable tunable) {
    return values[tunable.ordinal()];
  }

  /**
   * {@return the value as an int; values beyond are cut to {@link Integer#MAX_VALUE}}
   *
   * @param tunable which one
   */
  public int getInt(Tunable tunable) {
    return (int) Math.min(get(tunable), Integer.MAX_VALUE);
  }

  /**
   * {@return a copy with one value changed}
   *
   * @param tunable which one
   * @param value the value
   * @throws IllegalArgumentException if the value is out of range
   */
  public Tunables with(Tunable tunable, long value) {
    long[] copy = values.clone();
    copy[tunable.ordinal()] = tunable.checked(value);
    return new Tunables(copy);
  }

  /**
   * {@return a copy with one duration changed}
   *
   * @param tunable which one
   * @param value the value
   */
  public Tunables with(Tunable tunable, Duration value) {
    if (tunable.unit() != Tunable.Unit.NANOS) {
      throw new IllegalArgumentException(tunable.optionName() + " is not a duration");
    }
    return with(tunable, TimeUnit.NANOSECONDS.convert(value));
  }

  /**
   * {@return a copy with one value changed, written as a person writes it}
   *
   * @param tunable which one
   * @param text the text
   */
  public Tunables with(Tunable tunable, String text) {
    return with(tunable, tunable.parse(text));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Tunables t && Arrays.equals(values, t.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (Tunable t : Tunable.values()) {
      s.append(t.optionName()).append('=').append(t.format(get(t))).append('\n');
    }
    return s.toString();
  }

  private static long[] defaultValues() {
    long[] v = new long[Tunable.values().length];
    for (Tunable t : Tunable.values()) {
      v[t.ordinal()] = t.defaultValue();
    }
    return v;
  }
}
