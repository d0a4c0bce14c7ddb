// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the contenders of one contest in turn, the first first and last by turns. */
final class ContestRun {
  private final Contest contest;
  private final int pairs;
  private final PrintStream progress;
  private final Map<String, Samples> samples = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Samples idle = new Samples();

  ContestRun(Contest contest, int pairs, PrintStream progress) {
    this.contest = contest;
    this.pairs = pairs;
    this.progress = progress;
  }

  /** Measures, and returns the rows of what could be. */
  List<TableRow> run() throws IOException, InterruptedException {
    List<Contender> there = new ArrayList<>();
    try {
      for (Contender contender : contest.contenders()) {
        there.add(contender);
        try {
          contender.open();
        } catch (PeerAbsentException e) {
          absent.put(contender.name(), e.getMessage());
          there.removeLast();
          contender.close();
        }
      }
      for (int pair = 1; pair <= pairs; pair++) {
        for (Contender contender : pair % 2 == 0 ? there.reversed() : there) {
          measure(contender, pair);
        }
      }
    } finally {
      for (Contender contender : there) {
        contender.close();
      }
    }
    return rows();
  }

  private void measure(Contender contender, int pair) throws IOException, InterruptedException {
    idle.add(IdleShare.now());
    double value = contender.measure();
    samples.computeIfAbsent(contender.name(), name -> new Samples()).add(value);
    progress.printf(
        Locale.ROOT,
        "%s %d: %s %s%n",
        contest.name(),
        pair,
        contender.name(),
        TableRow.number(value, contender.unit()));
  }

  private List<TableRow> rows() {
    List<TableRow> rows = new ArrayList<>();
    for (Comparison comparison : contest.comparisons()) {
      Samples ours = samples.get(comparison.ours());
      Samples beside = comparison.beside() == null ? null : samples.get(comparison.beside());
      if (ours == null || (comparison.beside() != null && beside == null)) {
        String missing = ours == null ? comparison.ours() : comparison.beside();
        progress.printf(
            "not measured: %s: %s: %s%n", comparison.label(), missing, absent.get(missing));
        continue;
      }
      rows.add(
          TableRow.of(
              comparison,
              ours,
              beside,
              unit(comparison.ours()),
              idle,
              LocalDate.now(ZoneOffset.UTC)));
    }
    return rows;
  }

  private String unit(String name) {
    return contest.contenders().stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow()
        .unit();
  }
}
