// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.xdr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./build fuzz xdr [--seconds N] [--runs N] [--seed N]}: exit code 1 is a finding. */
public final class XdrFuzzCommand {
  private static final Path WORK = Path.of("xdr/target/fuzz");

  private XdrFuzzCommand() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> limits = new ArrayList<>();
    String seed = "1";
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      if (!value.matches("\\d+")) {
        usage();
      }
      switch (args[i]) {
        case "--seconds" -> limits.add("-max_total_time=" + value);
        case "--runs" -> limits.add("-runs=" + value);
        case "--seed" -> seed = value;
        default -> usage();
      }
    }
    if (limits.isEmpty()) {
      limits.add("-max_total_time=60");
    }
    System.exit(jazzer(limits, seed) == 0 ? 0 : 1);
  }

  private static void usage() {
    System.err.println(
        "./build fuzz xdr [--seconds N] [--runs N] [--seed N]   default: 60 seconds");
    System.exit(2);
  }

  private static int jazzer(List<String> limits, String seed)
      throws IOException, InterruptedException {
    Path seeds = Files.createDirectories(WORK.resolve("seeds"));
    Path corpus = Files.createDirectories(WORK.resolve("corpus"));
    int n = 0;
    for (byte[] one : XdrFuzz.seeds()) {
      Files.write(seeds.resolve("%05d".formatted(n++)), one);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + XdrFuzz.class.getName());
    command.add("--instrumentation_includes=io.rxrpc.**");
    command.add("--reproducer_path=" + WORK);
    command.add("-artifact_prefix=" + WORK + "/");
    command.add("-seed=" + seed);
    command.add("-max_len=400");
    command.add("-print_final_stats=1");
    command.addAll(limits);
    command.add(corpus.toString());
    command.add(seeds.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
