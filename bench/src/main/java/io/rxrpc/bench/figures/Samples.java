// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured pair by pair. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  int count() {
    return values.size();
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  double least() {
    return Collections.min(values);
  }

  double most() {
    return Collections.max(values);
  }

  /** Each divided by the other's of the same pair: what the machine did meanwhile falls out. */
  Samples over(Samples other) {
    Samples ratios = new Samples();
    for (int i = 0; i < Math.min(count(), other.count()); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return ratios;
  }
}
