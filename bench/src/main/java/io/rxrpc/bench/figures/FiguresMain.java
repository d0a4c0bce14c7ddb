// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./build figures}: how fast RxRPC is beside gRPC, oncrpc4j, OpenAFS and the kernel, each
 * pair of measurements within seconds, so that a ratio compares what the machine did at that time.
 */
final class FiguresMain {
  private static final Path HOME = Path.of("bench", "target", "figures");
  private static final Path PAGE = Path.of("docs", "performance.md");
  private static final Path PLOTS = Path.of("docs", "figures");

  private FiguresMain() {}

  /** Takes what {@code -h} prints. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Contest> contests = Contests.all(HOME);
    FiguresOptions options;
    try {
      options = FiguresOptions.of(args, contests);
    } catch (IllegalArgumentException e) {
      System.err.println("build figures: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(FiguresOptions.usage(contests));
      return;
    }
    System.exit(run(contests, options) ? 0 : 1);
  }

  private static boolean run(List<Contest> contests, FiguresOptions options)
      throws IOException, InterruptedException {
    List<String> labels =
        contests.stream()
            .flatMap(contest -> contest.comparisons().stream())
            .map(Comparison::label)
            .toList();
    List<TableRow> rows = new ArrayList<>();
    boolean whole = true;
    for (Contest contest : options.chosen(contests)) {
      try {
        rows.addAll(new ContestRun(contest, options.pairs(), System.err).run());
      } catch (IOException e) {
        System.err.println("failed: " + contest.name() + ": " + e.getMessage());
        whole = false;
      }
      if (options.write()) {
        new FiguresPage(PAGE, PLOTS).write(labels, rows, machine());
      }
    }
    FiguresPage.table(rows).forEach(System.out::println);
    return whole;
  }

  /** One line about where this ran. */
  private static String machine() throws IOException {
    String processor = System.getProperty("os.arch");
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      processor =
          Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(processor);
    }
    return "The latest run: "
        + processor
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version").replaceAll("^([0-9]+\\.[0-9]+).*", "$1")
        + ", JDK "
        + Runtime.version().feature()
        + ". Each cell is a median, and in brackets the least and the most.";
  }
}
