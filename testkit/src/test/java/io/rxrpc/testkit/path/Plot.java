// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line plot with logarithmic axes as SVG text: a few series over the same points. */
final class Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int LEFT = 70;
  private static final int RIGHT = 150;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;

  /** A series: {@code NaN} for a point that is not there. */
  private record Series(String name, String colour, boolean dashed, double[] values) {}

  private final String title;
  private final String below;
  private final String beside;
  private final String[] points;
  private final List<Series> all = new ArrayList<>();

  Plot(String title, String below, String beside, String... points) {
    this.title = title;
    this.below = below;
    this.beside = beside;
    this.points = points;
  }

  Plot line(String name, String colour, boolean dashed, double... values) {
    all.add(new Series(name, colour, dashed, values));
    return this;
  }

  private double x(int i) {
    double width = WIDTH - LEFT - RIGHT;
    return LEFT + width * (i + 0.5) / points.length;
  }

  private static double y(double value, double low, double high) {
    double height = HEIGHT - TOP - BOTTOM;
    return TOP + height * (1 - (Math.log10(value) - low) / (high - low));
  }

  @Override
  public String toString() {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Series s : all) {
      for (double v : s.values()) {
        if (v > 0) {
          least = Math.min(least, v);
          most = Math.max(most, v);
        }
      }
    }
    double low = Math.floor(Math.log10(least));
    double high = Math.ceil(Math.log10(most) + 1e-9);
    StringBuilder out = new StringBuilder();
    add(
        out,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='12'>",
        WIDTH,
        HEIGHT);
    add(out, "<rect width='100%%' height='100%%' fill='white'/>");
    text(out, LEFT, TOP - 18, "start", title);
    text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", below);
    add(
        out,
        "<text transform='translate(16,%d) rotate(-90)' text-anchor='middle'>%s</text>",
        (TOP + HEIGHT - BOTTOM) / 2,
        beside);
    for (int decade = (int) low; decade <= high; decade++) {
      double at = y(Math.pow(10, decade), low, high);
      line(out, LEFT, at, WIDTH - RIGHT, at, "#ddd");
      String label = decade < 0 ? "0." + "0".repeat(-decade - 1) + "1" : "1" + "0".repeat(decade);
      text(out, LEFT - 8, at + 4, "end", label);
    }
    for (int i = 0; i < points.length; i++) {
      text(out, x(i), HEIGHT - BOTTOM + 18, "middle", points[i]);
    }
    for (int k = 0; k < all.size(); k++) {
      series(out, all.get(k), low, high, TOP + 14 + 18 * k);
    }
    return out.append("</svg>\n").toString();
  }

  private void series(StringBuilder out, Series s, double low, double high, int legend) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < s.values().length; i++) {
      double v = s.values()[i];
      if (v > 0) {
        double at = y(v, low, high);
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), at));
        if (!s.dashed()) {
          add(out, "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", x(i), at, s.colour());
        }
      }
    }
    String dash = s.dashed() ? " stroke-dasharray='5 4'" : "";
    add(
        out,
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='1.5'%s/>",
        path.toString().trim(),
        s.colour(),
        dash);
    add(
        out,
        "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='1.5'%s/>",
        WIDTH - RIGHT + 12,
        legend,
        WIDTH - RIGHT + 36,
        legend,
        s.colour(),
        dash);
    text(out, WIDTH - RIGHT + 42, legend + 4, "start", s.name());
  }

  private static void line(
      StringBuilder out, double x1, double y1, double x2, double y2, String colour) {
    add(out, "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, colour);
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String text) {
    add(out, "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, text);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  private static void add(StringBuilder out, String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
