// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.fuzz;

import io.rxrpc.afs.dump.DumpFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./build fuzz afs dump [--seconds N] [--runs N] [--seed N]}: exit code 1 is a finding. */
public final class AfsFuzzCommand {
  private static final Path WORK = Path.of("afs/target/fuzz");

  private AfsFuzzCommand() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String target = args.length == 0 ? "" : args[0];
    Class<?> type = target.equals("dump") ? DumpFuzz.class : null;
    List<String> limits = new ArrayList<>();
    String seed = "1";
    for (int i = 1; type != null && i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (value.matches("\\d+") ? args[i] : "") {
        case "--seconds" -> limits.add("-max_total_time=" + value);
        case "--runs" -> limits.add("-runs=" + value);
        case "--seed" -> seed = value;
        default -> type = null;
      }
    }
    if (type == null) {
      System.err.println(
          "./build fuzz afs dump [--seconds N] [--runs N] [--seed N]   default: 60 seconds");
      System.exit(2);
      return;
    }
    if (limits.isEmpty()) {
      limits.add("-max_total_time=60");
    }
    System.exit(jazzer(type, WORK.resolve(target), DumpFuzz.seeds(), limits, seed) == 0 ? 0 : 1);
  }

  private static int jazzer(
      Class<?> target, Path work, List<byte[]> inputs, List<String> limits, String seed)
      throws IOException, InterruptedException {
    Path seeds = Files.createDirectories(work.resolve("seeds"));
    Path corpus = Files.createDirectories(work.resolve("corpus"));
    int n = 0;
    for (byte[] one : inputs) {
      Files.write(seeds.resolve("%05d".formatted(n++)), one);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=io.rxrpc.**");
    command.add("--reproducer_path=" + work);
    command.add("-artifact_prefix=" + work + "/");
    command.addAll(List.of("-seed=" + seed, "-max_len=9000", "-print_final_stats=1"));
    command.addAll(limits);
    command.add(corpus.toString());
    command.add(seeds.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
