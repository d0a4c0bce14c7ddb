// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param label what it says
 * @param ours the contender it is about
 * @param beside the contender that it is divided by, or null for a figure that stands alone
 * @param goal what the ratio, or the figure that stands alone, is wanted to be at least (at most,
 *     when {@code below}); 0 for nothing
 * @param below whether less is better
 */
record Comparison(String label, String ours, @Nullable String beside, double goal, boolean below) {

  static Comparison of(String label, String ours, String beside, double goal) {
    return new Comparison(label, ours, beside, goal, false);
  }

  static Comparison alone(String label, String ours, double atLeast) {
    return new Comparison(label, ours, null, atLeast, false);
  }

  static Comparison atMost(String label, String ours, double goal) {
    return new Comparison(label, ours, null, goal, true);
  }
}
