// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.ArrayList;
import java.util.List;

/** Integers that become ever more, without ever being copied. */
final class IntColumn {
  private static final int SHIFT = 12;
  private static final int CHUNK = 1 << SHIFT;

  private final List<int[]> chunks = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  void add(int value) {
    if (size >>> SHIFT == chunks.size()) {
      chunks.add(new int[CHUNK]);
    }
    size++;
    set(size - 1, value);
  }

  int get(int row) {
    return chunks.get(row >>> SHIFT)[row & CHUNK - 1];
  }

  void set(int row, int value) {
    chunks.get(row >>> SHIFT)[row & CHUNK - 1] = value;
  }
}
