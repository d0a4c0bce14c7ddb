// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of things with deadlines. A deadline that moves later leaves its place until it
 * comes up: calls push their deadlines back with every packet.
 */
public final class TimerHeap {
  private @Nullable Timed[] heap = new Timed[16];
  private int size;

  public int size() {
    return size;
  }

  /** Takes notice of a changed deadline. */
  public void update(Timed t) {
    long d = t.deadline();
    if (t.heapIndex < 0) {
      if (d != Long.MAX_VALUE) {
        insert(t, d);
      }
    } else if (d < t.heapKey) {
      t.heapKey = d;
      up(t.heapIndex);
    }
  }

  public void remove(Timed t) {
    int i = t.heapIndex;
    if (i < 0) {
      return;
    }
    t.heapIndex = -1;
    Timed moved = at(--size);
    heap[size] = null;
    if (i != size) {
      place(moved, i);
      up(i);
      down(moved.heapIndex);
    }
  }

  /** No deadline is earlier than this. */
  public long earliest() {
    settle();
    return size == 0 ? Long.MAX_VALUE : at(0).heapKey;
  }

  /** Something whose deadline has passed, or null. It stays in the heap. */
  public @Nullable Timed due(long now) {
    settle();
    return size > 0 && at(0).heapKey <= now ? at(0) : null;
  }

  /** Moves those at the top whose deadline has become later to where they belong. */
  private void settle() {
    while (size > 0) {
      Timed top = at(0);
      long d = top.deadline();
      if (d == top.heapKey) {
        return;
      }
      if (d == Long.MAX_VALUE) {
        remove(top);
      } else {
        top.heapKey = d;
        down(0);
      }
    }
  }

  private void insert(Timed t, long key) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    t.heapKey = key;
    t.heapIndex = size;
    heap[size] = t;
    up(size++);
  }

  private void up(int i) {
    Timed t = at(i);
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (at(parent).heapKey <= t.heapKey) {
        break;
      }
      place(at(parent), i);
      i = parent;
    }
    place(t, i);
  }

  private void down(int i) {
    Timed t = at(i);
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && at(child + 1).heapKey < at(child).heapKey) {
        child++;
      }
      if (at(child).heapKey >= t.heapKey) {
        break;
      }
      place(at(child), i);
      i = child;
    }
    place(t, i);
  }

  private Timed at(int i) {
    Timed t = heap[i];
    if (t == null) {
      throw new IllegalStateException("hole in the heap");
    }
    return t;
  }

  private void place(Timed t, int i) {
    heap[i] = t;
    t.heapIndex = i;
  }
}
