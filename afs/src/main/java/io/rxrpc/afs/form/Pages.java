// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Lists that come in pages, each with a cursor for the next one, as streams. */
public final class Pages {
  private Pages() {}

  /**
   * A page.
   *
   * @param elements what is on it; may be none
   * @param next where the next one begins
   * @param last whether there is no next one
   */
  public record Page<T>(List<T> elements, int next, boolean last) {
    /** Keeps a copy. */
    public Page {
      elements = List.copyOf(elements);
    }
  }

  /** Fetches a page. */
  @FunctionalInterface
  public interface Fetch<T> {
    /** The page that begins at the cursor. */
    Page<T> at(int cursor) throws IOException;
  }

  /**
   * The elements of all pages, in order, each page fetched when the one before is used up. A page
   * that cannot be fetched is an {@link UncheckedIOException}.
   *
   * @param first the cursor of the first page
   */
  public static <T> Stream<T> stream(int first, Fetch<T> fetch) {
    return StreamSupport.stream(new Walk<>(first, fetch), false);
  }

  private static final class Walk<T> extends Spliterators.AbstractSpliterator<T> {
    private final Fetch<T> fetch;
    private final Queue<T> page = new ArrayDeque<>();
    private int cursor;
    private boolean last;

    Walk(int first, Fetch<T> fetch) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.fetch = Objects.requireNonNull(fetch, "fetch");
      cursor = first;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      while (page.isEmpty() && !last) {
        turn();
      }
      T next = page.poll();
      if (next == null) {
        return false;
      }
      action.accept(next);
      return true;
    }

    private void turn() {
      Page<T> fetched;
      try {
        fetched = fetch.at(cursor);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      page.addAll(fetched.elements());
      // A cursor that does not move would go on for ever.
      last = fetched.last() || fetched.next() == cursor;
      cursor = fetched.next();
    }
  }
}
