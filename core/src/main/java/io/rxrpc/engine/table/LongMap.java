// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.table;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from long to objects by open addressing: a look-up per packet must not allocate. One entry
 * lies in the map itself: most peers have one connection, and there may be a million of them.
 */
public final class LongMap<V> {
  private static final long[] NO_KEYS = {};
  private static final @Nullable Object[] NO_VALUES = {};

  /** Slots that are made for a second entry. */
  private static final int FIRST_SLOTS = 4;

  /** The entry, while there are no slots. */
  private @Nullable V only;

  private long onlyKey;
  private long[] keys = NO_KEYS;
  private @Nullable Object[] values = NO_VALUES;
  private int size;

  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only put() writes values
  public @Nullable V get(long key) {
    if (values.length == 0) {
      return onlyKey == key ? only : null;
    }
    int i = slot(key);
    return (V) values[i];
  }

  public void put(long key, V value) {
    if (values.length == 0) {
      if (size == 0 || onlyKey == key) {
        only = value;
        onlyKey = key;
        size = 1;
        return;
      }
      spread();
    }
    int i = slot(key);
    if (values[i] == null) {
      if (size * 2 >= keys.length) {
        grow();
        i = slot(key);
      }
      size++;
    }
    keys[i] = key;
    values[i] = value;
  }

  public void remove(long key) {
    if (values.length == 0) {
      if (size == 1 && onlyKey == key) {
        only = null;
        size = 0;
      }
      return;
    }
    int i = slot(key);
    if (values[i] == null) {
      return;
    }
    size--;
    int mask = keys.length - 1;
    // pull back those behind, so that no look-up stops at the gap
    int gap = i;
    for (int k = i + 1 & mask; values[k] != null; k = k + 1 & mask) {
      int home = home(keys[k]);
      if ((k - home & mask) >= (k - gap & mask)) {
        keys[gap] = keys[k];
        values[gap] = values[k];
        gap = k;
      }
    }
    values[gap] = null;
  }

  @SuppressWarnings("unchecked") // only put() writes values
  public void forEach(Consumer<V> action) {
    V alone = only;
    if (alone != null) {
      action.accept(alone);
      return;
    }
    for (Object v : values.clone()) {
      if (v != null) {
        action.accept((V) v);
      }
    }
  }

  /** A second entry comes: the first goes into a slot. */
  private void spread() {
    keys = new long[FIRST_SLOTS];
    values = new Object[FIRST_SLOTS];
    int i = slot(onlyKey);
    keys[i] = onlyKey;
    values[i] = only;
    only = null;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int i = home(key);
    while (values[i] != null && keys[i] != key) {
      i = i + 1 & mask;
    }
    return i;
  }

  private int home(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 32) & keys.length - 1;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new Object[oldKeys.length * 2];
    for (int k = 0; k < oldKeys.length; k++) {
      if (oldValues[k] != null) {
        int i = slot(oldKeys[k]);
        keys[i] = oldKeys[k];
        values[i] = oldValues[k];
      }
    }
  }
}
