// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A row of the table: what was measured in each round, and beside which yardstick. */
final class Figure {
  /** What it is compared with. */
  enum Beside {
    TCP,
    DATAGRAMS
  }

  final String name;
  final Beside beside;
  final List<String> arguments;
  private final List<Double> values = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  /**
   * @param arguments of {@code rxrpc perf local}
   */
  Figure(String name, Beside beside, String arguments) {
    this.name = name;
    this.beside = beside;
    this.arguments = List.of(arguments.split(" "));
  }

  /** Of the result of a perf run, what this is about. */
  String field() {
    return beside == Beside.TCP ? "mb_per_s" : "calls_per_s";
  }

  void add(double value, double yardstick) {
    values.add(value);
    ratios.add(value / yardstick);
  }

  /** The row in Markdown: lowest to highest, and the median of the ratios. */
  String row() {
    List<Double> sorted = ratios.stream().sorted().toList();
    double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f-%,.0f %s | %.2f |",
        name,
        Collections.min(values),
        Collections.max(values),
        beside == Beside.TCP ? "MB/s" : "calls/s",
        median);
  }
}
