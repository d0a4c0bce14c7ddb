// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The table between two marks of a page, and the plots that the page shows. Rows that were not
 * measured this time stay as they were; those that no contest makes any more go.
 */
final class FiguresPage {
  private static final String BEGIN = "<!-- figures: made by ./build figures --write -->";
  private static final String END = "<!-- end of figures -->";

  private final Path page;
  private final Path plots;

  FiguresPage(Path page, Path plots) {
    this.page = page;
    this.plots = plots;
  }

  /**
   * Writes what was measured.
   *
   * @param labels of all rows there can be, in the order of the table
   * @throws IOException also when the page lacks the marks
   */
  void write(List<String> labels, List<TableRow> measured, String machine) throws IOException {
    List<String> lines = Files.readAllLines(page);
    int begin = lines.indexOf(BEGIN);
    int end = lines.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no lines '" + BEGIN + "' and '" + END + "'");
    }
    Map<String, TableRow> rows = new LinkedHashMap<>();
    for (String line : lines.subList(begin, end)) {
      TableRow row = TableRow.read(line);
      if (row != null) {
        rows.put(row.label(), row);
      }
    }
    measured.forEach(row -> rows.put(row.label(), row));
    List<TableRow> all = labels.stream().map(rows::get).filter(Objects::nonNull).toList();
    List<String> written = new ArrayList<>(lines.subList(0, begin + 1));
    written.add("");
    written.add(machine);
    written.add("");
    written.addAll(table(all));
    written.add("");
    plot("speed-calls.svg", "Small calls: rates beside others", all, true, written);
    plot("speed-bulk.svg", "Bulk: rates beside others", all, false, written);
    written.addAll(lines.subList(end, lines.size()));
    Files.write(page, written);
  }

  /** The lines of a table. */
  static List<String> table(List<TableRow> rows) {
    List<String> lines = new ArrayList<>(TableRow.head().lines().toList());
    rows.forEach(row -> lines.add(row.text()));
    return lines;
  }

  private void plot(
      String name, String title, List<TableRow> rows, boolean calls, List<String> written)
      throws IOException {
    List<TableRow.Ratio> ratios =
        rows.stream()
            .filter(row -> row.cells().get(1).endsWith("calls/s") == calls)
            .map(TableRow::ratio)
            .filter(Objects::nonNull)
            .toList();
    if (!ratios.isEmpty()) {
      Files.createDirectories(plots);
      Files.writeString(plots.resolve(name), new RatioPlot(title, ratios).svg());
      Path folder = Objects.requireNonNull(page.toAbsolutePath().getParent());
      written.add(
          "![" + title + "](" + folder.relativize(plots.toAbsolutePath()) + "/" + name + ")");
      written.add("");
    }
  }
}
