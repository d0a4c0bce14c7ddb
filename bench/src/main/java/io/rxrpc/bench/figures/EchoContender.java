// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import io.rxrpc.bench.figures.echo.EchoMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own for each measurement, the same options for all libraries. */
final class EchoContender implements Contender {
  private static final List<String> OPTIONS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String name;
  private final String unit;
  private final List<String> arguments;

  /**
   * @param arguments of {@link EchoMain}
   */
  EchoContender(String name, String unit, String arguments) {
    this.name = name;
    this.unit = unit;
    this.arguments = List.of(arguments.split(" "));
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EchoMain.class.getName());
    command.addAll(arguments);
    return Double.parseDouble(SaidLine.of(command, Map.of()));
  }
}
