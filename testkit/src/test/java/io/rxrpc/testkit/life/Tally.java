// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What many lives came to. */
final class Tally {
  private record Measured(long seed, Scenario scenario, Goodput goodput) {}

  private final List<Long> datagrams = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Map<Scenario, Integer> scenarios = new EnumMap<>(Scenario.class);
  private final Map<Goodput.Path, List<Measured>> goodputs = new EnumMap<>(Goodput.Path.class);
  private long calls;
  private long ok;
  private long elapsed;

  synchronized void add(long seed, Scenario scenario, Life.Result r) {
    for (Goodput g : r.goodputs()) {
      goodputs
          .computeIfAbsent(g.path(), p -> new ArrayList<>())
          .add(new Measured(seed, scenario, g));
    }
    datagrams.add(r.datagrams());
    scenarios.merge(scenario, 1, Integer::sum);
    for (Fault f : r.faults()) {
      faults.merge(f, 1, Integer::sum);
    }
    calls += r.calls();
    ok += r.ok();
    elapsed += r.elapsed();
  }

  int lives() {
    return datagrams.size();
  }

  long medianDatagrams() {
    List<Long> sorted = new ArrayList<>(datagrams);
    Collections.sort(sorted);
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  /** In which part of the lives a fault struck. */
  double share(Fault fault) {
    return lives() == 0 ? 0 : faults.getOrDefault(fault, 0) / (double) lives();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    long sum = datagrams.stream().mapToLong(Long::longValue).sum();
    out.append(
        String.format(
            Locale.ROOT,
            "%d lives, %d calls (%d ok), %d datagrams, median %d, %.0f virtual hours%n",
            lives(),
            calls,
            ok,
            sum,
            medianDatagrams(),
            elapsed / 3.6e12));
    out.append("scenarios ").append(scenarios).append('\n');
    for (Fault f : Fault.values()) {
      out.append(String.format(Locale.ROOT, "  %-22s %5.1f %% of lives%n", f, 100 * share(f)));
    }
    out.append("goodput of a request and a reply of 300 kB at the end of lives of engines\n");
    goodputs.forEach((path, all) -> append(out, what(path), all));
    return out.toString();
  }

  private static String what(Goodput.Path path) {
    return switch (path) {
      case CALM -> "lives without a fault, of the least of rate, window and slow start";
      case CALM_AGAIN -> "no fault any more, of the same";
      case DISTURBED -> "with faults, of the same and Mathis's bound";
    };
  }

  private static void append(StringBuilder out, String what, List<Measured> all) {
    List<Measured> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(m -> m.goodput().share()));
    Measured worst = sorted.getFirst();
    out.append(
        String.format(
            Locale.ROOT,
            "  %s: %d, median %.0f %%, 5th percentile %.0f %%, worst %.1f %% (the %s of --seed %d"
                + " --scenario %s)%n",
            what,
            sorted.size(),
            100 * sorted.get(sorted.size() / 2).goodput().share(),
            100 * sorted.get(sorted.size() / 20).goodput().share(),
            100 * worst.goodput().share(),
            worst.goodput().up() ? "request" : "reply",
            worst.seed(),
            worst.scenario().label()));
  }
}
