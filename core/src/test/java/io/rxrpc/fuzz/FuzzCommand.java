// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code ./build fuzz}: runs targets under Jazzer, each in a JVM of its own, keeps what it found
 * worth keeping, and measures what the kept inputs cover.
 */
public final class FuzzCommand {
  private static final String USAGE =
      """
      ./build fuzz TARGET... [--seconds N] [--runs N] [--seed N]   TARGET: %s, or all
      ./build fuzz keep          packs what was found into the replayed corpus
      ./build fuzz coverage      branch coverage of the replayed corpus
      With all, N is shared among the targets. Default: 60 seconds. Exit code 1: a finding.\
      """;

  private static final Path WORK = Path.of("core/target/fuzz");
  private static final Path LIB = WORK.resolve("lib");

  private long seconds;
  private long runs;
  private long seed = 1;
  private final List<FuzzTarget> targets = new ArrayList<>();
  private boolean all;

  private FuzzCommand() {}

  /** Runs the command. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 1 && args[0].equals("keep")) {
      Keeping.keep(WORK);
    } else if (args.length == 1 && args[0].equals("coverage")) {
      System.exit(Coverage.measure(WORK, LIB));
    } else {
      FuzzCommand command = new FuzzCommand();
      System.exit(command.parse(args) ? command.run() : 2);
    }
  }

  private boolean parse(String[] args) {
    try {
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--seconds" -> seconds = Long.parseLong(args[++i]);
          case "--runs" -> runs = Long.parseLong(args[++i]);
          case "--seed" -> seed = Long.parseLong(args[++i]);
          case "all" -> {
            all = true;
            targets.addAll(List.of(FuzzTarget.values()));
          }
          default -> targets.add(FuzzTarget.valueOf(args[i].toUpperCase(Locale.ROOT)));
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      targets.clear();
    }
    if (targets.isEmpty()) {
      String names = Stream.of(FuzzTarget.values()).map(FuzzTarget::label).toList().toString();
      System.err.printf(USAGE + "%n", names.substring(1, names.length() - 1));
      return false;
    }
    if (seconds == 0 && runs == 0) {
      seconds = 60;
    }
    return true;
  }

  private int run() throws IOException, InterruptedException {
    long executions = 0;
    int findings = 0;
    long begin = System.nanoTime();
    System.out.printf("%-8s %12s %9s %9s  %s%n", "target", "executions", "seconds", "per s", "");
    for (FuzzTarget target : targets) {
      JazzerRun run = new JazzerRun(target, WORK.resolve(target.label()));
      run.execute(part(runs, target), part(seconds, target), seed);
      executions += run.executions();
      findings += run.failed() ? 1 : 0;
      System.out.printf(
          "%-8s %,12d %9.0f %,9.0f  %s%n",
          target.label(),
          run.executions(),
          run.seconds(),
          run.executions() / Math.max(run.seconds(), 0.001),
          run.failed() ? "FINDING, see " + run.log() : "no finding");
    }
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%-8s %,12d %9.0f %,9.0f  %d findings%n",
        "all", executions, took, executions / took, findings);
    return findings == 0 ? 0 : 1;
  }

  private long part(long whole, FuzzTarget target) {
    return all ? Math.ceilDiv(whole * target.share, FuzzTarget.shares()) : whole;
  }

  /** Writes inputs as files, one each, as libFuzzer wants them. */
  static void write(Path directory, List<byte[]> inputs) throws IOException {
    Files.createDirectories(directory);
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(directory.resolve("%05d".formatted(i)), inputs.get(i));
    }
  }

  static List<byte[]> read(Path directory) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.sorted().toList()) {
          inputs.add(Files.readAllBytes(file));
        }
      }
    }
    return inputs;
  }
}
