// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import java.util.Arrays;

/** Finds the rows of a table by the integer in one of its columns; there may be several of each. */
final class RowIndex {
  private static final int FIRST = 64;
  private static final int NONE = -1;

  private final IntColumn key;
  private final IntColumn next = new IntColumn();
  private int[] heads = new int[FIRST];

  RowIndex(IntColumn key) {
    this.key = key;
    Arrays.fill(heads, NONE);
  }

  /** Takes in the last row that the key's column got. */
  void added() {
    int row = next.size();
    next.add(NONE);
    if (row >= heads.length) {
      heads = new int[2 * heads.length];
      Arrays.fill(heads, NONE);
      for (int each = 0; each < row; each++) {
        link(each);
      }
    }
    link(row);
  }

  private void link(int row) {
    int at = bucket(key.get(row));
    next.set(row, heads[at]);
    heads[at] = row;
  }

  private int bucket(int value) {
    int mixed = value * 0x9e3779b9; // vnode numbers are all odd, or all even
    return (mixed ^ mixed >>> 16) & heads.length - 1;
  }

  /** The last row with this key, -1 if there is none. */
  int first(int value) {
    return same(value, heads[bucket(value)]);
  }

  /** The row before it with the same key, -1 if there is none. */
  int next(int row) {
    return same(key.get(row), next.get(row));
  }

  private int same(int value, int from) {
    int row = from;
    while (row != NONE && key.get(row) != value) {
      row = next.get(row);
    }
    return row;
  }
}
