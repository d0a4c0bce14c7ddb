// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.util.List;
import java.util.Locale;

/**
 * How fast data goes one way, to or from us beside two kernels, in rounds that took turns.
 *
 * @param way which data, for the table
 */
record BulkRate(String way, Side ours, Side kernels) {
  /** What of kernel to kernel is enough. */
  private static final double ENOUGH = 0.7;

  /**
   * What one pair did.
   *
   * @param rates MB/s of each round whose calls all went well
   * @param all what became of the calls of all rounds
   */
  record Side(List<Double> rates, Result all) {
    Side {
      rates = rates.stream().sorted().toList();
    }

    /** MB/s of the round in the middle; 0 if none went well. */
    double median() {
      int n = rates.size();
      return n == 0 ? 0 : (rates.get((n - 1) / 2) + rates.get(n / 2)) / 2;
    }

    private String brief() {
      String failed = all.bad() == 0 ? "" : all.bad() + " of " + all.calls() + " calls failed, ";
      return rates.isEmpty()
          ? failed + "no round went well"
          : failed
              + String.format(
                  Locale.ROOT, "%.1f (%.1f to %.1f)", median(), rates.getFirst(), rates.getLast());
    }
  }

  double ratio() {
    return ours.median() / kernels.median();
  }

  /**
   * Whether it counts against us. Calls that fail count as everywhere; a pair of kernels of which
   * no round went well is nothing to be slower than.
   */
  boolean bad() {
    return ours.all().worseThan(kernels.all())
        || ours.rates().isEmpty()
        || ours.median() < ENOUGH * kernels.median();
  }

  /** A line of a Markdown table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s |",
        bad() ? way + " (**worse**)" : way,
        ours.brief(),
        kernels.brief(),
        kernels.rates().isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", ratio()));
  }
}
