// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.util.List;
import java.util.Locale;

/**
 * Ratios drawn as SVG, each a dot at the median upon a line from the least to the most of the
 * pairs, beside its goal. The axis is logarithmic: half and twice are equally far from even.
 */
final class RatioPlot {
  private static final int WIDTH = 860;
  private static final int LEFT = 400;
  private static final int RIGHT = 70;
  private static final int TOP = 46;
  private static final int STEP = 24;
  private static final double[] TICKS = {0.1, 0.25, 0.5, 1, 2, 4, 10, 20};

  private final String title;
  private final List<TableRow.Ratio> rows;
  private final double low;
  private final double high;
  private final StringBuilder out = new StringBuilder();

  RatioPlot(String title, List<TableRow.Ratio> rows) {
    this.title = title;
    this.rows = rows;
    double least = rows.stream().mapToDouble(TableRow.Ratio::least).min().orElse(1);
    double most = rows.stream().mapToDouble(TableRow.Ratio::most).max().orElse(1);
    low = Math.log(Math.clamp(least / 1.1, 0.02, 0.5));
    high = Math.log(Math.clamp(most * 1.1, 2, 50));
  }

  private double x(double ratio) {
    double at = (Math.log(ratio) - low) / (high - low);
    return LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(at, 0.0, 1.0);
  }

  /** The picture. */
  String svg() {
    int height = TOP + STEP * rows.size() + 40;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='12'>",
        WIDTH, height);
    add("<!-- SPDX-License-Identifier: Apache-2.0 -->");
    add("<rect width='100%%' height='100%%' fill='white'/>");
    add("<text x='16' y='22' font-size='14'>%s</text>", escaped(title));
    int bottom = TOP + STEP * rows.size();
    for (double tick : TICKS) {
      if (Math.log(tick) >= low && Math.log(tick) <= high) {
        add(
            "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='%s'/>",
            x(tick), TOP - 8, x(tick), bottom, tick == 1 ? "#888" : "#ddd");
        add(
            "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
            x(tick),
            bottom + 16,
            tick == Math.rint(tick) ? Integer.toString((int) tick) : Double.toString(tick));
      }
    }
    add("<text x='%d' y='%d'>dot: median; line: least to most; bar: goal</text>", 16, bottom + 32);
    for (int i = 0; i < rows.size(); i++) {
      row(rows.get(i), TOP + STEP * i + STEP / 2);
    }
    return out.append("</svg>\n").toString();
  }

  private void row(TableRow.Ratio row, int y) {
    boolean met = Double.isNaN(row.goal()) || row.median() >= row.goal();
    String colour = Double.isNaN(row.goal()) ? "#1f77b4" : met ? "#2ca02c" : "#d62728";
    add("<text x='%d' y='%d' text-anchor='end'>%s</text>", LEFT - 12, y + 4, escaped(row.label()));
    add(
        "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='%s' stroke-width='2'/>",
        x(row.least()), y, x(row.most()), y, colour);
    add("<circle cx='%.1f' cy='%d' r='4' fill='%s'/>", x(row.median()), y, colour);
    if (!Double.isNaN(row.goal())) {
      add(
          "<line x1='%.1f' y1='%d' x2='%.1f' y2='%d' stroke='black' stroke-width='2'/>",
          x(row.goal()), y - 8, x(row.goal()), y + 8);
    }
    add("<text x='%d' y='%d'>%.2f</text>", WIDTH - RIGHT + 12, y + 4, row.median());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  private void add(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
