// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.startup;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./build startup}: the starts of the command, with and without what it keeps for them,
 * beside a bare JVM; all in turn, so that what else the machine does falls on all of them.
 */
public final class StartupMain {
  private static final int FEWEST_RUNS = 3;

  private StartupMain() {}

  /** One way to start something, and how long it took each time. */
  private record Start(List<String> command, @Nullable String options, int exit, long[] nanos) {
    void run(int turn) throws IOException, InterruptedException {
      ProcessBuilder builder = new ProcessBuilder(command);
      Map<String, String> environment = builder.environment();
      environment.keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
      environment.remove("RXRPC_JAVA_OPTIONS");
      if (options != null) {
        environment.put("RXRPC_JAVA_OPTIONS", options);
      }
      builder.redirectInput(new File("/dev/null"));
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      long begin = System.nanoTime();
      int status = builder.start().waitFor();
      nanos[turn] = System.nanoTime() - begin;
      if (status != exit) {
        throw new IOException(String.join(" ", command) + " ended with " + status);
      }
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = 15;
    String command = "./rxrpc";
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 < args.length && args[i].equals("--runs") && args[i + 1].matches("[1-9]\\d{0,3}")) {
        runs = Math.max(FEWEST_RUNS, Integer.parseInt(args[i + 1]));
      } else if (i + 1 < args.length && args[i].equals("--command")) {
        command = args[i + 1];
      } else {
        System.err.println("usage: ./build startup [--runs N] [--command PATH]");
        System.exit(2);
      }
    }
    System.exit(measure(command, runs) ? 0 : 1);
  }

  private static boolean measure(String command, int runs)
      throws IOException, InterruptedException {
    List<String> version = List.of(command, "--version");
    List<String> call =
        List.of(command, "call", "127.0.0.1:" + closedPort() + "/52", "--hex", "00");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> bare = List.of(java, "-XX:+UseSerialGC", "-cp", classes, BareJvm.class.getName());
    List<Start> starts = new ArrayList<>();
    starts.add(new Start(bare, null, 0, new long[runs]));
    for (String options : new String[] {"-XX:AOTMode=off", null}) {
      starts.add(new Start(version, options, 0, new long[runs]));
      starts.add(new Start(call, options, 4, new long[runs]));
    }
    for (Start start : starts) {
      start.run(0); // builds what is not built, and brings files into memory
    }
    for (int turn = 0; turn < runs; turn++) {
      for (Start start : starts) {
        start.run(turn);
      }
    }
    StartupTable table = new StartupTable(starts.get(0).nanos());
    table.add(row("rxrpc --version", starts.get(1), starts.get(3), 0.6, 250.0));
    table.add(row("rxrpc call, refused", starts.get(2), starts.get(4), null, 350.0));
    System.out.println(command + ": medians of " + runs + " runs");
    table.lines().forEach(System.out::println);
    return table.missed().isEmpty();
  }

  private static StartupTable.Row row(
      String name, Start without, Start with, @Nullable Double ratio, double millis) {
    return new StartupTable.Row(name, without.nanos(), with.nanos(), ratio, millis);
  }

  private static int closedPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
