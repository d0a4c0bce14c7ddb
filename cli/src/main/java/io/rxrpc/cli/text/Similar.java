// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant who mistyped a name. */
public final class Similar {
  private Similar() {}

  /** {@code ; did you mean 'call'?}, or nothing when none of the names is near. */
  public static String hint(String typed, Collection<String> names) {
    String nearest = nearest(typed, names);
    return nearest == null ? "" : "; did you mean '" + nearest + "'?";
  }

  /** The nearest of the names, the first of several; null when none is near. */
  static @Nullable String nearest(String typed, Collection<String> names) {
    String small = typed.toLowerCase(Locale.ROOT);
    if (small.length() < 2) {
      return null; // everything short is near to a letter
    }
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(small, name.toLowerCase(Locale.ROOT));
      // a name of two letters must not be near to every other
      if (distance < least
          && distance <= Math.max(1, Math.min(small.length(), name.length()) / 3)) {
        least = distance;
        best = name;
      }
    }
    if (best == null && small.length() >= 3) {
      for (String name : names) {
        if (name.toLowerCase(Locale.ROOT).startsWith(small)) {
          return name;
        }
      }
    }
    return best;
  }

  /** Letters to insert, leave out, replace, or swap with their neighbour. */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    Arrays.setAll(above, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return above[b.length()];
  }
}
