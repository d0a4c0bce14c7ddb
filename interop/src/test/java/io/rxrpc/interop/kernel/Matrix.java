// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import io.rxrpc.interop.kernel.Trial.Protection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Sizes, levels and calls at once, by all columns in turn. */
final class Matrix {
  private final Columns columns;
  private final Consumer<Row> rows;

  Matrix(Columns columns, Consumer<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** A row for each size and number, with every level. */
  void run(List<Integer> sizes, List<Integer> numbers) throws IOException {
    for (int octets : sizes) {
      for (int atOnce : numbers) {
        Row row = Row.empty(String.format(Locale.ROOT, "%,d octets, %d at once", octets, atOnce));
        for (Protection level : Protection.values()) {
          int calls = octets > 100_000 ? atOnce : Math.max(4, Math.min(2 * atOnce, 100));
          row = row.and(columns.row("", c -> c.echo(new Trial(octets, level, atOnce, calls))));
        }
        rows.accept(row);
      }
    }
  }
}
