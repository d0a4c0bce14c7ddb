// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./rxrpc perf ... --json}, and one number of what it says. */
final class PerfCommandLine implements Contender {
  private final String name;
  private final String unit;
  private final List<String> arguments;
  private final Map<String, String> environment;

  /**
   * @param arguments behind {@code ./rxrpc perf}
   * @param unit MB/s or calls/s
   */
  PerfCommandLine(String name, String unit, String arguments) {
    this(name, unit, arguments, Map.of());
  }

  PerfCommandLine(String name, String unit, String arguments, Map<String, String> environment) {
    this.name = name;
    this.unit = unit;
    this.arguments = List.of(arguments.split(" "));
    this.environment = environment;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public double measure() throws IOException, InterruptedException {
    return value(unit, arguments, environment);
  }

  /** Runs it once. */
  static double value(String unit, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./rxrpc", "perf"));
    command.addAll(arguments);
    command.add("--json");
    String line = SaidLine.of(command, environment);
    String field = unit.equals("MB/s") ? "mb_per_s" : "calls_per_s";
    Matcher value = Pattern.compile("\"" + field + "\":([0-9.]+)").matcher(line); // flat: no parser
    if (!value.find()) {
      throw new IOException(String.join(" ", command) + " says no " + field + ": " + line);
    }
    return Double.parseDouble(value.group(1));
  }
}
