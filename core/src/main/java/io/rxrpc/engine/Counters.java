// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import java.util.EnumMap;
import java.util.Map;

/** The counts of one endpoint. Written under the endpoint's lock. */
public final class Counters {
  private final long[] counts = new long[Counter.values().length];

  Counters() {}

  void add(Counter counter) {
    counts[counter.ordinal()]++;
  }

  void add(Counter counter, long n) {
    counts[counter.ordinal()] += n;
  }

  /** One count. */
  public long get(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** All of them, as they are now. */
  public Map<Counter, Long> snapshot() {
    EnumMap<Counter, Long> copy = new EnumMap<>(Counter.class);
    for (Counter c : Counter.values()) {
      copy.put(c, counts[c.ordinal()]);
    }
    return copy;
  }
}
