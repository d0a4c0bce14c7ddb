// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the replayed corpus reaches, measured by JaCoCo. */
final class Coverage {
  private static final double WANTED = 0.80;

  /** Where packets go from the endpoint to a call. */
  private static final Set<String> INPUT_PATH =
      Set.of(
          "Endpoint",
          "Arrival",
          "ClientSide",
          "ClientConnections",
          "ClientConnection",
          "Responder",
          "ServiceSide",
          "ServiceConnections",
          "ServiceConnection",
          "Challenger",
          "Connection",
          "Channel",
          "CallInput",
          "AckInput",
          "ReceivedAck",
          "ReceivedData",
          "ReceiveQueue",
          "AckPolicy",
          "RttSamples",
          "Peer",
          "Reach",
          "ReachCookie",
          "Strangers",
          "StrangerGate",
          "Rejections",
          "PeerTable",
          "PeerErrors",
          "RateLimit");

  private Coverage() {}

  static int measure(Path work, Path lib) throws IOException, InterruptedException {
    Path exec = work.resolve("coverage.exec");
    Path csv = work.resolve("coverage.csv");
    Files.deleteIfExists(exec);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path agent = lib.resolve("org.jacoco.agent-runtime.jar");
    run(
        List.of(
            java,
            "-javaagent:" + agent + "=destfile=" + exec + ",includes=io.rxrpc.*",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Coverage.class.getName()));
    run(
        List.of(
            java,
            "-jar",
            lib.resolve("org.jacoco.cli-nodeps.jar").toString(),
            "report",
            exec.toString(),
            "--classfiles",
            "core/target/classes",
            "--csv",
            csv.toString()));
    return report(Files.readAllLines(csv));
  }

  /** The child: replays everything. */
  public static void main(String[] args) throws IOException {
    for (FuzzTarget target : FuzzTarget.values()) {
      Corpus.all(target).forEach(target::run);
      FuzzCommand.read(Path.of("core/target/fuzz", target.label(), "corpus")).forEach(target::run);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(command.getFirst() + " ended with exit code " + exit);
    }
  }

  private static int report(List<String> rows) {
    Map<String, int[]> groups = new TreeMap<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] c = row.split(",", -1);
      String name = c[2];
      int[] branches = {Integer.parseInt(c[5]), Integer.parseInt(c[6])};
      if (c[1].startsWith("io.rxrpc.wire")
          || c[1].startsWith("io.rxrpc.engine")
          || c[1].startsWith("io.rxrpc.security.rxkad")) {
        add(groups, c[1].substring("io.rxrpc.".length()), branches);
      }
      if (c[1].equals("io.rxrpc.engine") && INPUT_PATH.contains(name)) {
        add(groups, "engine: input path", branches);
        System.out.printf("  %-20s %s%n", name, text(branches));
      }
      if (c[1].equals("io.rxrpc.key") && name.equals("TokenReader")) {
        add(groups, "key: TokenReader", branches);
      }
    }
    System.out.println("branches reached by the replayed corpus:");
    groups.forEach((name, b) -> System.out.printf("  %-20s %s%n", name, text(b)));
    return good(groups, "wire") && good(groups, "engine: input path") ? 0 : 1;
  }

  private static void add(Map<String, int[]> groups, String name, int[] branches) {
    int[] sum = groups.computeIfAbsent(name, n -> new int[2]);
    sum[0] += branches[0];
    sum[1] += branches[1];
  }

  private static String text(int[] b) {
    int all = b[0] + b[1];
    return "%5d of %5d  %5.1f %%".formatted(b[1], all, all == 0 ? 100 : 100.0 * b[1] / all);
  }

  private static boolean good(Map<String, int[]> groups, String name) {
    int[] b = groups.getOrDefault(name, new int[] {1, 0});
    return b[1] >= WANTED * (b[0] + b[1]);
  }
}
