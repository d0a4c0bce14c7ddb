// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.util.Arrays;
import java.util.List;

/**
 * The command line of {@code ./build figures}.
 *
 * @param pairs of measurements for each row
 * @param only names of contests, or how such begin; empty for all
 * @param write whether docs/performance.md and its plots take the rows
 */
record FiguresOptions(int pairs, List<String> only, boolean write, boolean help) {
  private static final int PAIRS = 8;
  private static final int MOST_PAIRS = 99;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  static FiguresOptions of(String[] args, List<Contest> contests) {
    int pairs = PAIRS;
    List<String> only = List.of();
    boolean write = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-h", "--help" -> {
          return new FiguresOptions(pairs, only, write, true);
        }
        case "--write" -> write = true;
        case "--pairs" -> pairs = pairs(value(args, ++i));
        case "--only" -> only = Arrays.asList(value(args, ++i).split(","));
        default ->
            throw new IllegalArgumentException("no option " + args[i] + ": -h tells what there is");
      }
    }
    for (String name : only) {
      if (contests.stream().noneMatch(contest -> isMeant(contest, name))) {
        throw new IllegalArgumentException("no row " + name + ": -h tells what there is");
      }
    }
    return new FiguresOptions(pairs, only, write, false);
  }

  private static String value(String[] args, int at) {
    if (at == args.length) {
      throw new IllegalArgumentException(args[at - 1] + " needs a value");
    }
    return args[at];
  }

  private static int pairs(String value) {
    if (!value.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException("--pairs takes 1 to " + MOST_PAIRS + ", not " + value);
    }
    return Integer.parseInt(value);
  }

  private static boolean isMeant(Contest contest, String name) {
    return contest.name().equals(name) || contest.name().startsWith(name + "-");
  }

  /** The contests to run, in their own order. */
  List<Contest> chosen(List<Contest> contests) {
    return contests.stream()
        .filter(contest -> only.isEmpty() || only.stream().anyMatch(n -> isMeant(contest, n)))
        .toList();
  }

  static String usage(List<Contest> contests) {
    StringBuilder usage =
        new StringBuilder(
            """
            ./build figures [--pairs N] [--only ROW,...] [--write]

              --pairs N        measurements of each, in turn (8; all rows take more than an hour then)
              --only ROW,...   some rows, or all that begin so: calls, openafs, limit
              --write          into docs/performance.md and its plots; else only to the terminal

            Rows:
            """);
    for (Contest contest : contests) {
      usage.append("  ").append(contest.name()).append('\n');
      contest.comparisons().forEach(c -> usage.append("      ").append(c.label()).append('\n'));
    }
    return usage.toString();
  }
}
