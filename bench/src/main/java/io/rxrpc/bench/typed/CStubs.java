// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.typed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The same in C: OpenAFS's rxgen and library, built by gcc in a directory of its own. */
final class CStubs {
  private final Path home;

  private CStubs(Path home) {
    this.home = home;
  }

  /**
   * Builds it.
   *
   * @throws IOException when gcc or what libopenafs-dev brings is not there
   */
  static CStubs build(Path home, byte[] octets) throws IOException, InterruptedException {
    for (String name : List.of("bench.xg", "bench.c")) {
      try (InputStream in = Objects.requireNonNull(CStubs.class.getResourceAsStream(name), name)) {
        Files.copy(in, home.resolve(name));
      }
    }
    Files.write(home.resolve("octets"), octets);
    CStubs stubs = new CStubs(home);
    stubs.run(List.of("rxgen", "-h", "-o", "bench.h", "bench.xg"));
    stubs.run(List.of("rxgen", "-c", "-o", "bench.xdr.c", "bench.xg"));
    stubs.run(
        List.of(
            "gcc",
            "-O2",
            "-w",
            "-I.",
            "-o",
            "bench",
            "bench.c",
            "bench.xdr.c",
            "-lafsrpc",
            "-lresolv",
            "-lpthread"));
    return stubs;
  }

  /** Nanoseconds of decoding and encoding once, as the mean of so many times. */
  double nanos(int times) throws IOException, InterruptedException {
    String said = run(List.of("./bench", "octets", "2", Integer.toString(times)));
    return Double.parseDouble(said.lines().toList().getLast());
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + said);
    }
    return said;
  }
}
