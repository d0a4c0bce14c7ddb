// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Medians of starts, and whether they keep to what was set as the goal. The goals are milliseconds
 * on a machine where a bare JVM takes 30; elsewhere they grow and shrink with it.
 */
final class StartupTable {
  /**
   * One command, with and without the cache, in nanoseconds; the goals are null where none is set.
   */
  record Row(
      String name,
      long[] without,
      long[] with,
      @Nullable Double mostRatio,
      @Nullable Double mostMillis) {}

  private static final double BARE_MILLIS = 30;

  private final double bare;
  private final List<Row> rows = new ArrayList<>();

  StartupTable(long[] bare) {
    this.bare = median(bare);
  }

  void add(Row row) {
    rows.add(row);
  }

  /** The table, and a line for each goal that was missed. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("", "no cache", "cache", "ratio", "bare JVMs"));
    lines.add(line("bare JVM", millis(bare), "", "", "1.0"));
    for (Row row : rows) {
      double with = median(row.with());
      double without = median(row.without());
      lines.add(
          line(
              row.name(),
              millis(without),
              millis(with),
              String.format(Locale.ROOT, "%.2f", with / without),
              String.format(Locale.ROOT, "%.1f", with / bare)));
    }
    lines.addAll(missed());
    return lines;
  }

  /** What is slower than its goal. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    for (Row row : rows) {
      double with = median(row.with());
      double ratio = with / median(row.without());
      Double mostRatio = row.mostRatio();
      Double mostMillis = row.mostMillis();
      if (mostRatio != null && ratio > mostRatio) {
        missed.add(
            String.format(
                Locale.ROOT,
                "MISSED: %s: %.2f of the time without the cache, not %.2f",
                row.name(),
                ratio,
                mostRatio));
      }
      if (mostMillis != null && with / bare > mostMillis / BARE_MILLIS) {
        missed.add(
            String.format(
                Locale.ROOT,
                "MISSED: %s: %.1f times a bare JVM, not %.1f (%.0f ms where it takes 30)",
                row.name(),
                with / bare,
                mostMillis / BARE_MILLIS,
                mostMillis));
      }
    }
    return missed;
  }

  private static String line(String name, String a, String b, String c, String d) {
    return String.format(Locale.ROOT, "%-30s %10s %10s %8s %10s", name, a, b, c, d);
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.0f ms", nanos / 1e6);
  }

  private static double median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
