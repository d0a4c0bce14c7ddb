// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a part of a run through lossy relays has given.
 *
 * @param name what was done
 * @param calls how many calls were made
 * @param failures one line for each call that failed, or whose data was wrong
 * @param bytes of bulk data, one way
 * @param callNanos how long each call took, ascending
 * @param nanos how long all of it took
 */
record LossyPhase(
    String name, int calls, List<String> failures, long bytes, long[] callNanos, long nanos) {
  LossyPhase {
    failures = List.copyOf(failures);
    callNanos = callNanos.clone();
    Arrays.sort(callNanos);
  }

  double seconds() {
    return nanos / 1e9;
  }

  /** The part of the calls, 0 to 1, that took no longer, in milliseconds. */
  private double percentile(double part) {
    int at = (int) Math.min(callNanos.length - 1L, Math.round(part * callNanos.length));
    return callNanos.length == 0 ? 0 : callNanos[at] / 1e6;
  }

  @Override
  public String toString() {
    String bulk =
        bytes == 0
            ? String.format(
                Locale.ROOT,
                "half within %.1f ms, 99 %% within %.0f ms, all within %.0f ms",
                percentile(0.5),
                percentile(0.99),
                percentile(1))
            : String.format(Locale.ROOT, "%,d bytes, %.0f kB/s", bytes, bytes / 1e3 / seconds());
    return String.format(
        Locale.ROOT,
        "%-24s %5d calls, %d failed, %6.1f s; %s",
        name,
        calls,
        failures.size(),
        seconds(),
        bulk);
  }
}
