// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of linux-sockets.md against our sockets, over real UDP: what a Linux 6.12 kernel
 * answered, what we answer, and in which class the row is. Writes {@code
 * target/linux-sockets-conformance.md}.
 */
@Tag("long")
class ConformanceTest {
  @TestFactory
  Stream<DynamicTest> everyRow() throws Exception {
    Seen seen = new Seen();
    SocketRows.run(seen);
    OptionRows.run(seen);
    SendRows.run(seen);
    CallRows.run(seen);
    NetworkRows.run(seen);
    PacketRows.run(seen);
    TimeoutRows.run(seen);
    KeyRows.run(seen);
    List<LinuxTable.Row> rows = LinuxTable.rows();
    write(rows, seen.answers());
    Stream<DynamicTest> all =
        rows.stream()
            .map(
                row ->
                    DynamicTest.dynamicTest(
                        row.id() + ": " + row.done(),
                        () -> check(row, seen.answers().get(row.id()))));
    return Stream.concat(
        all,
        Stream.of(
            DynamicTest.dynamicTest(
                "every answer has a row",
                () ->
                    assertThat(rows.stream().map(LinuxTable.Row::id))
                        .hasSizeGreaterThan(190)
                        .containsAll(seen.answers().keySet()))));
  }

  private static void check(LinuxTable.Row row, Seen.@Nullable Answer answer) {
    assertThat(answer).as("class of row " + row.id()).isNotNull();
    if (answer != null && answer.ours() != null) {
      assertThat(List.of(answer.ours())).containsAnyElementsOf(wanted(row, answer));
    }
  }

  private static List<String> wanted(LinuxTable.Row row, Seen.Answer answer) {
    String wanted = answer.wanted();
    return wanted == null ? row.alternatives() : List.of(wanted);
  }

  private static void write(List<LinuxTable.Row> rows, Map<String, Seen.Answer> answers)
      throws IOException {
    StringBuilder page = new StringBuilder("# Our sockets beside those of Linux 6.12\n\n");
    Map<String, Integer> counts = new TreeMap<>();
    StringBuilder table = new StringBuilder("| id | done | Linux | ours | class | reason |\n");
    table.append("|--|--|--|--|--|--|\n");
    for (LinuxTable.Row row : rows) {
      Seen.Answer a = answers.get(row.id());
      String kind = a == null ? "NOT ANSWERED" : a.kind().text;
      String ours = a == null || a.ours() == null ? "" : a.ours();
      if (a != null && !ours.isEmpty() && !wanted(row, a).contains(ours)) {
        kind = "FAILING";
      }
      counts.merge(kind, 1, Integer::sum);
      table.append(
          "| %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  row.id(), row.done(), row.result(), ours, kind, a == null ? "" : a.reason()));
    }
    counts.forEach((kind, n) -> page.append("* ").append(kind).append(": ").append(n).append('\n'));
    page.append('\n').append(table);
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(target.resolve("linux-sockets-conformance.md"), page);
  }
}
