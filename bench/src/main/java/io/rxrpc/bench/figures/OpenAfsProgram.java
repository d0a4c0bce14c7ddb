// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code rxload.c}: client and server of rxperf by OpenAFS's own library, built once by gcc where
 * Debian's libopenafs-dev is or can be installed.
 */
final class OpenAfsProgram {
  private static final String INSTALL = "interop/peers/install";

  private final Path home;
  private @Nullable Path built;

  /**
   * @param home where to build it
   */
  OpenAfsProgram(Path home) {
    this.home = home;
  }

  /**
   * The program, built when this is the first time.
   *
   * @throws PeerAbsentException when it cannot be built here
   */
  Path path() throws IOException, InterruptedException {
    if (built == null) {
      built = build();
    }
    return built;
  }

  private Path build() throws IOException, InterruptedException {
    need(List.of(INSTALL, "gcc", "libc6-dev", "libopenafs-dev"));
    Files.createDirectories(home);
    Path source = home.resolve("rxload.c");
    try (InputStream in =
        Objects.requireNonNull(OpenAfsProgram.class.getResourceAsStream("rxload.c"))) {
      Files.write(source, in.readAllBytes());
    }
    Path program = home.resolve("rxload").toAbsolutePath();
    need(
        List.of(
            "gcc",
            "-O2",
            "-o",
            program.toString(),
            source.toString(),
            "-lafsrpc",
            "-lresolv",
            "-lpthread"));
    return program;
  }

  private static void need(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new PeerAbsentException(String.valueOf(e.getMessage()));
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new PeerAbsentException(
          said.lines().reduce((first, last) -> last).orElse(command + " failed"));
    }
  }

  /** What its client measures against a server at this port of loopback. */
  double client(int port, List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(path().toString(), "client", Integer.toString(port)));
    command.addAll(arguments);
    return Double.parseDouble(SaidLine.of(command, Map.of()));
  }
}
