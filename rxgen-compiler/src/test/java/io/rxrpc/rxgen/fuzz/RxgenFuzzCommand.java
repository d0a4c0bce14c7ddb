// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./build fuzz rxgen compiler|codec [--seconds N] [--runs N]}: exit code 1 is a finding. */
public final class RxgenFuzzCommand {
  private static final Path WORK = Path.of("rxgen-compiler/target/fuzz");

  private RxgenFuzzCommand() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String target = args.length == 0 ? "" : args[0];
    Class<?> type =
        switch (target) {
          case "compiler" -> CompilerFuzz.class;
          case "codec" -> CodecFuzz.class;
          default -> null;
        };
    List<String> limits = new ArrayList<>();
    for (int i = 1; type != null && i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (value.matches("\\d+") ? args[i] : "") {
        case "--seconds" -> limits.add("-max_total_time=" + value);
        case "--runs" -> limits.add("-runs=" + value);
        default -> type = null;
      }
    }
    if (type == null) {
      System.err.println(
          "./build fuzz rxgen compiler|codec [--seconds N] [--runs N]   default: 60 seconds");
      System.exit(2);
      return;
    }
    if (limits.isEmpty()) {
      limits.add("-max_total_time=60");
    }
    List<byte[]> seeds = target.equals("compiler") ? CompilerFuzz.seeds() : CodecFuzz.seeds();
    System.exit(jazzer(type, WORK.resolve(target), seeds, limits) == 0 ? 0 : 1);
  }

  private static int jazzer(Class<?> target, Path work, List<byte[]> inputs, List<String> limits)
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
    command.addAll(List.of("-seed=1", "-max_len=2000", "-print_final_stats=1"));
    command.addAll(limits);
    command.add(corpus.toString());
    command.add(seeds.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
