// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.cli.frame.FailureReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What became of the calls of a soak. */
final class SoakTally {
  private static final int EXAMPLES = 10;

  private final Map<SoakKind, LongAdder> good = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private final Consumer<String> onExample;
  private int wrong;

  /**
   * @param onExample is told of the first failures as they happen
   */
  SoakTally(Consumer<String> onExample) {
    this.onExample = onExample;
    for (SoakKind kind : SoakKind.values()) {
      good.put(kind, new LongAdder());
    }
  }

  /** A call ended as it must. */
  void good(SoakKind kind) {
    LongAdder count = good.get(kind);
    if (count != null) {
      count.increment();
    }
  }

  /** A call ended otherwise; the first few are told in full. */
  synchronized void failed(SoakKind kind, Exception e) {
    boolean data = e instanceof SoakCaller.WrongData;
    wrong += data ? 1 : 0;
    failures.merge(kind.label() + ": " + e.getClass().getSimpleName(), 1, Integer::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(Instant.now() + " " + kind.label() + ": " + FailureReport.text(e));
      onExample.accept(examples.getLast());
    }
  }

  long calls() {
    return good.values().stream().mapToLong(LongAdder::sum).sum() + failed();
  }

  synchronized int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized int wrong() {
    return wrong;
  }

  Map<String, Long> byKind() {
    Map<String, Long> map = new LinkedHashMap<>();
    good.forEach((kind, count) -> map.put(kind.label(), count.sum()));
    return map;
  }

  synchronized Map<String, Integer> failures() {
    return new TreeMap<>(failures);
  }

  synchronized List<String> examples() {
    return List.copyOf(examples);
  }
}
