// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.path;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code ./build simulate --path}: the figures of docs/reliability.md. */
public final class PathCommand {
  private static final String USAGE =
      "usage: simulate --path [--seeds N] [--seconds S] [--svg DIRECTORY]";
  private static final double[] LOSSES = {0, 0.001, 0.01, 0.05};
  private static final String[] LABELS = {"0", "0.1 %", "1 %", "5 %"};
  private static final double[] RTTS = {1, 20, 100};

  private int seeds = 20;
  private long seconds = 60;
  private String directory = "";
  private final ConcurrentHashMap<Path, Double> goodputs = new ConcurrentHashMap<>();

  private PathCommand() {}

  /** Runs what the arguments say; returns the exit code: 0 well, 2 usage. */
  public static int command(List<String> arguments) throws IOException {
    PathCommand command = new PathCommand();
    try {
      command.parse(arguments.iterator());
    } catch (RuntimeException e) {
      System.err.println(USAGE);
      return 2;
    }
    command.run();
    return 0;
  }

  private void parse(Iterator<String> options) {
    while (options.hasNext()) {
      String option = options.next();
      switch (option) {
        case "--seeds" -> seeds = Integer.parseInt(options.next());
        case "--seconds" -> seconds = Long.parseLong(options.next());
        case "--svg" -> directory = options.next();
        default -> throw new IllegalArgumentException(option);
      }
    }
  }

  private void run() throws IOException {
    print(
        "100 Mbit/s, a queue of one bandwidth-delay product, one call, %d s, mean of %d seeds"
            + " (1 without loss)%n%n",
        seconds, seeds);
    List<Path> paths =
        IntStream.range(0, 2)
            .boxed()
            .flatMap(cc -> Arrays.stream(RTTS).boxed().flatMap(rtt -> over(rtt, cc)))
            .toList();
    paths.parallelStream().forEach(p -> goodputs.put(p, mean(p)));
    print("| RTT | loss | bound | Mbit/s | NewReno | of bound | CUBIC | of bound |%n");
    print("| --: | --: | :-- | --: | --: | --: | --: | --: |%n");
    for (double rtt : RTTS) {
      for (int i = 0; i < LOSSES.length; i++) {
        row(rtt, i);
      }
    }
    print("%n");
    share(1, 2);
    share(2, 1);
    if (!directory.isEmpty()) {
      for (double rtt : RTTS) {
        plot(rtt);
      }
    }
  }

  private static Stream<Path> over(double rtt, int congestion) {
    return Arrays.stream(LOSSES).mapToObj(loss -> Path.of(rtt, loss, congestion));
  }

  private double mean(Path path) {
    return PathRun.mean(path, path.loss() == 0 ? 1 : seeds, seconds);
  }

  private double goodput(double rtt, int loss, int congestion) {
    return goodputs.getOrDefault(Path.of(rtt, LOSSES[loss], congestion), Double.NaN);
  }

  private void row(double rtt, int loss) {
    Path path = Path.of(rtt, LOSSES[loss], 0);
    double bound = path.bound();
    double reno = goodput(rtt, loss, 0);
    double cubic = goodput(rtt, loss, 1);
    print(
        "| %.0f ms | %s | %s | %.2f | %.2f | %.0f %% | %.2f | %.0f %% |%n",
        rtt,
        LABELS[loss],
        path.bounded(),
        bound / 1e6,
        reno / 1e6,
        reno / bound * 100,
        cubic / 1e6,
        cubic / bound * 100);
  }

  /** Two calls for a minute: what each has of the last half. */
  private void share(int endpoints, int calls) {
    for (int congestion = 0; congestion < 2; congestion++) {
      Path path = Path.of(20, 0, congestion).sharing(endpoints, calls);
      PathRun run = new PathRun(path, 1).run(seconds / 2).mark().run(seconds / 2);
      double part = run.goodputs().getFirst() / run.goodput() * 100;
      print(
          "%s, 20 ms, %d endpoint(s) with %d call(s) each: %.0f:%.0f of %.2f Mbit/s in the last"
              + " %d s%n",
          path.control(), endpoints, calls, part, 100 - part, run.goodput() / 1e6, seconds / 2);
    }
  }

  private void plot(double rtt) throws IOException {
    int n = LOSSES.length;
    double[] bound = new double[n];
    double[] reno = new double[n];
    double[] cubic = new double[n];
    String[] points = new String[n];
    for (int i = 0; i < n; i++) {
      Path path = Path.of(rtt, LOSSES[i], 0);
      points[i] = LABELS[i] + " (" + path.bounded() + ")";
      bound[i] = path.bound() / 1e6;
      reno[i] = goodput(rtt, i, 0) / 1e6;
      cubic[i] = goodput(rtt, i, 1) / 1e6;
    }
    String title =
        String.format(
            Locale.ROOT,
            "One call over 100 Mbit/s, %.0f ms: %d s, mean of %d seeds",
            rtt,
            seconds,
            seeds);
    Plot plot =
        new Plot(title, "random loss (and what bounds there)", "goodput, Mbit/s", points)
            .line("bound", "#888", true, bound)
            .line("NewReno", "#1f77b4", false, reno)
            .line("CUBIC", "#d62728", false, cubic);
    String name = String.format(Locale.ROOT, "goodput-%.0fms.svg", rtt);
    java.nio.file.Path file = java.nio.file.Path.of(directory, name);
    Files.createDirectories(java.nio.file.Path.of(directory));
    Files.writeString(file, plot.toString());
    print("wrote %s%n", file);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  private static void print(String format, Object... arguments) {
    System.out.print(String.format(Locale.ROOT, format, arguments));
  }
}
