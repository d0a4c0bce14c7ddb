// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Says what has grown that should not have. */
final class SoakLeaks {
  /** Threads that the JVM itself keeps for virtual ones. */
  static final int CARRIERS = 16;

  /** What heap and memory may move by without meaning anything, in bytes. */
  private static final long HEAP_NOISE = 12 << 20;

  private static final long RESIDENT_NOISE = 96 << 20;

  private SoakLeaks() {}

  /**
   * @param samples in order of time
   * @param last taken when everything was over
   * @param threadsBefore platform threads before the first call
   * @param threadsLeft when everything was closed
   */
  static List<String> find(
      List<SoakSample> samples, SoakSample last, int threadsBefore, int threadsLeft) {
    List<String> leaks = new ArrayList<>();
    if (last.holds()) {
      leaks.add(
          "the server still holds %d calls, %d connections, %d peers, %d timers and %d bytes"
              .formatted(
                  last.calls(), last.connections(), last.peers(), last.timers(), last.packets()));
    }
    if (threadsLeft > threadsBefore + CARRIERS) {
      leaks.add(threadsLeft + " threads are left of " + threadsBefore + " before");
    }
    growth(leaks, "heap", samples, SoakSample::heap, HEAP_NOISE);
    growth(leaks, "the process", samples, SoakSample::resident, RESIDENT_NOISE);
    return leaks;
  }

  /** The last quarter against the second: the first is warm-up. */
  private static void growth(
      List<String> leaks,
      String what,
      List<SoakSample> samples,
      ToLongFunction<SoakSample> value,
      long noise) {
    int quarter = samples.size() / 4;
    if (quarter < 2) {
      return;
    }
    long before = median(samples.subList(quarter, 2 * quarter), value);
    long after = median(samples.subList(samples.size() - quarter, samples.size()), value);
    if (after > before + before / 4 + noise) {
      leaks.add(
          String.format(
              Locale.ROOT, "%s grew from %.1f to %.1f MB", what, before / 1e6, after / 1e6));
    }
  }

  private static long median(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
