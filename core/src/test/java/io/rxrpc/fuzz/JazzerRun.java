// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One target under Jazzer, in a JVM of its own. */
final class JazzerRun {
  private static final Pattern EXECUTED =
      Pattern.compile("(?m)^(?:stat::number_of_executed_units: |Done |#)(\\d+)");

  private final FuzzTarget target;
  private final Path work;
  private int exit;
  private long executions;
  private double seconds;

  JazzerRun(FuzzTarget target, Path work) {
    this.target = target;
    this.work = work;
  }

  /**
   * Fuzzes until one of the limits is reached.
   *
   * @param runs executions; 0 = no limit
   * @param limit seconds; 0 = no limit
   */
  void execute(long runs, long limit, long seed) throws IOException, InterruptedException {
    Path found = work.resolve("corpus");
    Files.createDirectories(found);
    FuzzCommand.write(work.resolve("seeds"), Corpus.all(target));
    List<String> arguments = new ArrayList<>();
    arguments.add("-max_len=" + target.longest);
    arguments.add("-seed=" + seed);
    arguments.add("-print_final_stats=1");
    arguments.add("-artifact_prefix=" + work + "/");
    if (runs > 0) {
      arguments.add("-runs=" + runs);
    }
    if (limit > 0) {
      arguments.add("-max_total_time=" + limit);
    }
    arguments.add(found.toString());
    arguments.add(work.resolve("seeds").toString());
    long begin = System.nanoTime();
    exit = jazzer(arguments);
    seconds = (System.nanoTime() - begin) / 1e9;
    Matcher m = EXECUTED.matcher(Files.readString(log()));
    while (m.find()) {
      executions = Math.max(executions, Long.parseLong(m.group(1)));
    }
  }

  /** Keeps the fewest inputs of {@code from} that reach everything they reach together. */
  void merge(Path into, Path from) throws IOException, InterruptedException {
    Files.createDirectories(into);
    exit =
        jazzer(List.of("-merge=1", "-max_len=" + target.longest, into.toString(), from.toString()));
  }

  private int jazzer(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.type().getName());
    command.add("--instrumentation_includes=io.rxrpc.**");
    command.add("--reproducer_path=" + work);
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start()
        .waitFor();
  }

  Path log() {
    return work.resolve("log");
  }

  boolean failed() {
    return exit != 0;
  }

  long executions() {
    return executions;
  }

  double seconds() {
    return seconds;
  }
}
