// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.cli.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Several ways measured in turn, so that what the machine does besides meets all of them alike. */
final class PerfComparison {
  private final Map<String, List<PerfResult>> results = new LinkedHashMap<>();

  void add(String way, PerfResult result) {
    results.computeIfAbsent(way, w -> new ArrayList<>()).add(result);
  }

  /** One that half of the results exceed; of an even number the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The median over all rounds of how much faster a way was than the first in the same round. */
  private double ratio(String way) {
    List<PerfResult> first = results.values().iterator().next();
    List<PerfResult> own = results.getOrDefault(way, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(own.get(i).callsPerSecond() / first.get(i).callsPerSecond());
    }
    return median(ratios);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int width = results.keySet().stream().mapToInt(String::length).max().orElse(0);
    results.forEach(
        (way, all) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %,10.1f MB/s  %,10.0f calls/s  %.2f times the first%n",
                    way,
                    median(all.stream().map(PerfResult::megabytesPerSecond).toList()),
                    median(all.stream().map(PerfResult::callsPerSecond).toList()),
                    ratio(way))));
    int rounds = results.values().iterator().next().size();
    return text + (rounds == 1 ? "one round" : "medians of " + rounds + " rounds");
  }

  List<Object> json() {
    List<Object> rows = new ArrayList<>();
    results.forEach(
        (way, all) -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("security", way);
          row.put(
              "mb_per_s",
              Json.rounded(median(all.stream().map(PerfResult::megabytesPerSecond).toList()), 3));
          row.put(
              "calls_per_s",
              Json.rounded(median(all.stream().map(PerfResult::callsPerSecond).toList()), 3));
          row.put("times_the_first", Json.rounded(ratio(way), 3));
          row.put("rounds", all.stream().map(PerfResult::json).toList());
          rows.add(row);
        });
    return rows;
  }
}
