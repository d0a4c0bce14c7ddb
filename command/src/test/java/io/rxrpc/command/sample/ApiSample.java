// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command.sample;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of each kind of thing that a record of an API has to show, and of those that it must not. */
public class ApiSample<T extends Comparable<T>> extends HiddenSample implements Supplier<T> {
  /** Copied into those who use it. */
  public static final int LIMIT = 7;

  protected byte @Nullable [] bytes;

  int hidden;

  public ApiSample(T first) {
    super(first.hashCode());
  }

  @Override
  public T get() {
    throw new UnsupportedOperationException();
  }

  public @Nullable Map<String, @Nullable List<? extends T>> find(@Nullable String key, int... at)
      throws IOException {
    throw new IOException(key + at.length);
  }

  @Deprecated
  public static <E extends Exception> void raise(E exception) throws E {
    throw exception;
  }

  void unseen() {}

  public enum Season {
    SPRING,
    AUTUMN
  }

  public sealed interface Shape {
    default int corners() {
      return 0;
    }

    void draw();
  }

  public record Pair(int left, @Nullable String right) implements Shape {
    @Override
    public void draw() {}
  }

  @SuppressWarnings("UnusedNestedClass") // it is here to be left out
  private record Unseen(int left) implements Shape {
    @Override
    public void draw() {}
  }
}
