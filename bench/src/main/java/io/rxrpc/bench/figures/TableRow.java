// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table in docs/performance.md, as text: rows of an earlier run are read back and stay
 * as they are.
 */
record TableRow(List<String> cells) {
  private static final List<String> HEAD =
      List.of("what", "RxRPC", "beside it", "ratio", "goal", "idle before", "pairs", "on");
  private static final int RATIO = 3;
  private static final int GOAL = 4;
  private static final Pattern RATIOS = Pattern.compile("([0-9.]+) \\(([0-9.]+)-([0-9.]+)\\)");

  /** What a plot needs of a row. */
  record Ratio(String label, double median, double least, double most, double goal) {}

  static TableRow of(
      Comparison comparison,
      Samples ours,
      @Nullable Samples beside,
      String unit,
      Samples idle,
      LocalDate on) {
    String goal = "";
    if (comparison.goal() > 0) {
      String value =
          beside == null
              ? number(comparison.goal(), unit)
              : String.format(Locale.ROOT, "%.2f", comparison.goal());
      goal = (comparison.below() ? "at most " : "at least ") + value;
    }
    String ratio = "";
    if (beside != null) {
      Samples ratios = ours.over(beside);
      ratio =
          String.format(
              Locale.ROOT, "%.2f (%.2f-%.2f)", ratios.median(), ratios.least(), ratios.most());
    }
    double share = idle.median();
    return new TableRow(
        List.of(
            comparison.label(),
            range(ours, unit),
            beside == null ? "" : range(beside, unit),
            ratio,
            goal,
            Double.isNaN(share) ? "unknown" : String.format(Locale.ROOT, "%.0f %%", 100 * share),
            Integer.toString(ours.count()),
            on.toString()));
  }

  private static String range(Samples samples, String unit) {
    return String.format(
        Locale.ROOT,
        "%,.0f (%,.0f-%,.0f) %s",
        samples.median(),
        samples.least(),
        samples.most(),
        unit);
  }

  static String number(double value, String unit) {
    return String.format(Locale.ROOT, "%,.0f %s", value, unit);
  }

  /** The two lines above all rows. */
  static String head() {
    return new TableRow(HEAD).text() + "\n|--|--|--|--|--|--|--|--|";
  }

  String text() {
    return "| " + String.join(" | ", cells) + " |";
  }

  String label() {
    return cells.getFirst();
  }

  /** A line of a table read back, or null for any other. */
  static @Nullable TableRow read(String line) {
    String[] cells = line.strip().split("\\|", -1);
    if (cells.length != HEAD.size() + 2 || line.contains("|--|")) {
      return null;
    }
    TableRow row =
        new TableRow(Arrays.stream(cells, 1, cells.length - 1).map(String::strip).toList());
    return row.cells.equals(HEAD) ? null : row;
  }

  /** The ratio with its range, or null where a figure stands alone. */
  @Nullable Ratio ratio() {
    Matcher m = RATIOS.matcher(cells.get(RATIO));
    if (!m.matches()) {
      return null;
    }
    String goal = cells.get(GOAL).replaceAll("[^0-9.]", "");
    return new Ratio(
        label().replace("`", ""),
        Double.parseDouble(m.group(1)),
        Double.parseDouble(m.group(2)),
        Double.parseDouble(m.group(3)),
        goal.isEmpty() ? Double.NaN : Double.parseDouble(goal));
  }
}
