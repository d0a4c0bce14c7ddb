// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that say one line and end. */
final class SaidLine {
  private static final long PATIENCE_SECONDS = 180;

  private SaidLine() {}

  /**
   * Runs one and returns the last line it says; what it says to stderr goes to ours.
   *
   * @param environment what is set beside what this process has
   * @throws IOException when it fails, says nothing or does not end
   */
  static String of(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said;
    try {
      // It says little, so that it never waits for a reader.
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(String.join(" ", command) + " does not end");
      }
      said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = said.lines().toList();
    if (process.exitValue() != 0 || lines.isEmpty()) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return lines.getLast();
  }
}
