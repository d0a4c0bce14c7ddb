package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What many lives came to. */
final class Tally {
  private final List<Long> datagrams = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Map<Scenario, Integer> scenarios = new EnumMap<>(Scenario.class);
  private long calls;
  private long ok;
  private long elapsed;

  synchronized void add(Scenario scenario, Life.Result r) {
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
    return out.toString();
  }
}
