// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what happens, and keeps it for the page on reliability. */
final class Report {
  private static final String BEGIN = "<!-- ./build kernel --table begins -->";
  private static final String END = "<!-- ./build kernel --table ends -->";

  private final List<String> lines = new ArrayList<>();
  private final long start = System.nanoTime();
  private int calls;
  private int bad;

  void table(String title) {
    say("");
    say("| " + title + " | to the kernel | from the kernel | kernel to kernel |");
    say("|--|--|--|--|");
  }

  void row(Row row) {
    calls += row.toKernel().calls() + row.fromKernel().calls();
    bad += row.bad() ? 1 : 0;
    say(row.line());
    row.notes().forEach(note -> System.out.println("    " + note));
    row.kernelNotes().forEach(note -> System.out.println("    kernel to kernel: " + note));
  }

  void rates(List<BulkRate> rates) {
    for (BulkRate rate : rates) {
      calls += rate.ours().all().calls();
      bad += rate.bad() ? 1 : 0;
      say(rate.line());
    }
  }

  void say(String line) {
    lines.add(line);
    System.out.println(line);
  }

  /** Whether nothing of ours was worse than a kernel. */
  boolean good() {
    System.out.printf(
        Locale.ROOT,
        "kernel: %,d calls of ours, %d of the lines worse than kernel to kernel, %.0f s%n",
        calls,
        bad,
        (System.nanoTime() - start) / 1e9);
    return bad == 0;
  }

  /** Puts the tables where the page has those of an earlier run. */
  void write(Path page) throws IOException {
    String text = Files.readString(page);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new IOException(page + " has no line " + BEGIN);
    }
    String head =
        String.format(
            Locale.ROOT,
            "%n%s, %,d calls of ours in %.0f minutes; the time is that of the slowest call:%n",
            LocalDate.now(ZoneOffset.UTC),
            calls,
            (System.nanoTime() - start) / 60e9);
    String table = String.join("\n", lines);
    Files.writeString(
        page,
        text.substring(0, from + BEGIN.length())
            + "\n"
            + head
            + table
            + "\n\n"
            + text.substring(to));
  }
}
