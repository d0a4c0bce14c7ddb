// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import io.rxrpc.bench.figures.Figure.Beside;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./build figures}: the table of the README, from {@code rxrpc perf local}. The yardsticks
 * are measured before each run, so that a ratio compares what the machine did within seconds.
 */
final class FiguresMain {
  private static final int YARDSTICK_SECONDS = 2;

  private final List<Figure> figures =
      List.of(
          new Figure("`--send`, linux port", Beside.TCP, "--send --calls 8"),
          new Figure("`--recv`, linux port", Beside.TCP, "--recv --calls 8"),
          new Figure("`--send`, nio port", Beside.TCP, "--send --port-kind nio"),
          new Figure("`--recv`, nio port", Beside.TCP, "--recv --port-kind nio"),
          new Figure("`--send --level clear`", Beside.TCP, "--send --level clear --calls 8"),
          new Figure("`--send --level auth`", Beside.TCP, "--send --level auth --calls 8"),
          new Figure("`--send --level encrypt`", Beside.TCP, "--send --level encrypt"),
          new Figure("`--recv --level encrypt`", Beside.TCP, "--recv --level encrypt"),
          new Figure("`--rpc`, 1 outstanding", Beside.DATAGRAMS, "--rpc --calls 50000"),
          new Figure("`--rpc`, 16 outstanding", Beside.DATAGRAMS, "--rpc --parallel 16"),
          new Figure("`--rpc`, 256 outstanding", Beside.DATAGRAMS, "--rpc --parallel 256"));

  private final List<Double> tcp = new ArrayList<>();
  private final List<Double> datagrams = new ArrayList<>();
  private int rounds = 3;

  private FiguresMain() {}

  /** Takes {@code --rounds N}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    FiguresMain main = new FiguresMain();
    if (args.length == 2 && args[0].equals("--rounds") && args[1].matches("[1-9][0-9]?")) {
      main.rounds = Integer.parseInt(args[1]);
    } else if (args.length != 0) {
      System.err.println("./build figures [--rounds N]   (3; a round takes two to four minutes)");
      System.exit(2);
    }
    main.run();
  }

  private void run() throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      for (Figure figure : figures) {
        double yardstick = yardstick(figure.beside);
        double value = measure(figure);
        figure.add(value, yardstick);
        System.err.printf(
            Locale.ROOT, "%d: %s %,.0f beside %,.0f%n", round, figure.name, value, yardstick);
      }
    }
    System.out.println("| `./rxrpc perf local` | lowest-highest | beside the yardstick |");
    System.out.println("|--|--|--|");
    figures.forEach(figure -> System.out.println(figure.row()));
    System.out.println(
        "| yardstick of bulk: TCP, one connection | " + range(tcp, "MB/s") + " | 1 |");
    System.out.println(
        "| yardstick of calls: datagrams to and fro, one outstanding | "
            + range(datagrams, "a second")
            + " | 1 |");
  }

  private double yardstick(Beside beside) throws IOException, InterruptedException {
    if (beside == Beside.TCP) {
      double value = Yardstick.bulk(YARDSTICK_SECONDS);
      tcp.add(value);
      return value;
    }
    double value = Yardstick.roundTrips(YARDSTICK_SECONDS);
    datagrams.add(value);
    return value;
  }

  private static String range(List<Double> values, String unit) {
    return String.format(
        Locale.ROOT,
        "%,.0f-%,.0f %s",
        values.stream().mapToDouble(v -> v).min().orElseThrow(),
        values.stream().mapToDouble(v -> v).max().orElseThrow(),
        unit);
  }

  private static double measure(Figure figure) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./rxrpc", "perf", "local", "--json"));
    command.addAll(figure.arguments);
    Process perf =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line;
    try (BufferedReader out = perf.inputReader(StandardCharsets.UTF_8)) {
      line = String.valueOf(out.readLine());
    }
    Matcher value =
        Pattern.compile("\"" + figure.field() + "\":([0-9.]+)").matcher(line); // flat: no parser
    if (perf.waitFor() != 0 || !value.find()) {
      throw new IOException(String.join(" ", command) + " ended with " + perf.exitValue());
    }
    return Double.parseDouble(value.group(1));
  }
}
