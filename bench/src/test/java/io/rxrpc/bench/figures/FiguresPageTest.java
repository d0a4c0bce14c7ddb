// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured comes into the page, and what was measured before stays there. */
class FiguresPageTest {
  private static final String MARKED =
      """
      # Page
      <!-- figures: made by ./build figures --write -->
      old words
      <!-- end of figures -->
      below
      """;

  @TempDir private Path home;

  /** Says numbers in turn, or that it is not there. */
  private record Scripted(String name, Iterator<Double> values, boolean isThere)
      implements Contender {
    Scripted(String name, Double... values) {
      this(name, List.of(values).iterator(), values.length > 0);
    }

    @Override
    public String unit() {
      return "calls/s";
    }

    @Override
    public void open() throws PeerAbsentException {
      if (!isThere) {
        throw new PeerAbsentException("no gcc here");
      }
    }

    @Override
    public double measure() {
      return values.next();
    }
  }

  private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

  private static Samples samples(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }

  private static TableRow row(String label, double ours, double beside) {
    return TableRow.of(
        Comparison.of(label, "a", "b", 1.5),
        samples(ours),
        samples(beside),
        "calls/s",
        samples(1),
        DAY);
  }

  @Test
  void aRowHasMedianRangeAndTheRatioOfPairs() {
    TableRow row =
        TableRow.of(
            Comparison.of("`x`, beside y", "x", "y", 1.8),
            samples(1_000, 3_000, 2_000),
            samples(500, 3_000, 500),
            "calls/s",
            samples(0.9, 0.98, 0.97),
            DAY);
    assertThat(row.text())
        .isEqualTo(
            "| `x`, beside y | 2,000 (1,000-3,000) calls/s | 500 (500-3,000) calls/s"
                + " | 2.00 (1.00-4.00) | at least 1.80 | 97 % | 3 | 2026-11-30 |");
    assertThat(TableRow.read(row.text())).isEqualTo(row);
    assertThat(row.ratio()).isEqualTo(new TableRow.Ratio("x, beside y", 2, 1, 4, 1.8));
  }

  @Test
  void rowsOfEarlierRunsStayAndOthersAreReplaced() throws IOException {
    Path page = Files.writeString(home.resolve("page.md"), MARKED);
    FiguresPage figures = new FiguresPage(page, home.resolve("plots"));
    List<String> labels = List.of("first", "second", "third");
    figures.write(labels, List.of(row("third", 3, 1), row("first", 1, 1)), "a machine");
    figures.write(labels, List.of(row("second", 5, 1), row("first", 2, 1)), "a machine");
    List<String> text = Files.readAllLines(page);
    assertThat(text).startsWith("# Page").endsWith("below").doesNotContain("old words");
    assertThat(text).containsOnlyOnce("![Small calls: rates beside others](plots/speed-calls.svg)");
    assertThat(text.stream().map(TableRow::read).filter(r -> r != null))
        .containsExactly(row("first", 2, 1), row("second", 5, 1), row("third", 3, 1));
    figures.write(List.of("second"), List.of(), "a machine");
    assertThat(Files.readAllLines(page).stream().map(TableRow::read).filter(r -> r != null))
        .containsExactly(row("second", 5, 1));
    assertThat(home.resolve("plots/speed-calls.svg")).content().contains("second", ">5.00<");
    assertThat(home.resolve("plots/speed-bulk.svg")).doesNotExist();
  }

  @Test
  void aPageWithoutMarksIsLeftAlone() throws IOException {
    Path page = Files.writeString(home.resolve("page.md"), "# Page\n");
    assertThatThrownBy(() -> new FiguresPage(page, home).write(List.of(), List.of(), ""))
        .hasMessageContaining("has no lines");
    assertThat(page).hasContent("# Page\n");
  }

  @Test
  void whatIsAbsentIsSaidAndTheRestIsMeasuredInTurn() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Contest contest =
        new Contest(
            "contest",
            List.of(
                new Scripted("ours", 10.0, 30.0),
                new Scripted("gone"),
                new Scripted("b", 5.0, 5.0)),
            List.of(
                Comparison.of("beside what is gone", "ours", "gone", 0),
                Comparison.of("beside b", "ours", "b", 0)));
    List<TableRow> rows =
        new ContestRun(contest, 2, new PrintStream(said, true, StandardCharsets.UTF_8)).run();
    assertThat(rows).singleElement().extracting(TableRow::label).isEqualTo("beside b");
    assertThat(rows.getFirst().cells().get(3)).isEqualTo("4.00 (2.00-6.00)");
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "contest 1: ours 10 calls/s",
            "contest 1: b 5 calls/s",
            "contest 2: b 5 calls/s",
            "contest 2: ours 30 calls/s",
            "not measured: beside what is gone: gone: no gcc here");
  }

  @Test
  void rowsAreChosenByNameOrByHowTheyBegin() {
    List<Contest> contests =
        List.of(
            new Contest("calls-1", List.of(), List.of()),
            new Contest("calls-16", List.of(), List.of()),
            new Contest("bulk", List.of(), List.of()));
    assertThat(chosen(contests, "--only", "calls-1")).containsExactly("calls-1");
    assertThat(chosen(contests, "--only", "bulk,calls"))
        .containsExactly("calls-1", "calls-16", "bulk");
    assertThat(chosen(contests)).hasSize(3);
    assertThatThrownBy(() -> chosen(contests, "--only", "call")).hasMessageContaining("call:");
    assertThatThrownBy(() -> chosen(contests, "--pairs", "0")).hasMessageContaining("1 to 99");
    assertThatThrownBy(() -> chosen(contests, "--pairs")).hasMessageContaining("needs a value");
  }

  private static List<String> chosen(List<Contest> contests, String... arguments) {
    return FiguresOptions.of(arguments, contests).chosen(contests).stream()
        .map(Contest::name)
        .toList();
  }
}
