// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes the replayed corpus of a build out of everything that a run has found. */
final class Keeping {
  private static final Path RESOURCES = Path.of("core/src/test/resources/fuzz");

  private Keeping() {}

  static void keep(Path work) throws IOException, InterruptedException {
    Files.createDirectories(RESOURCES);
    for (FuzzTarget target : FuzzTarget.values()) {
      Path home = work.resolve(target.label());
      Path merged = home.resolve("merged");
      clear(merged);
      FuzzCommand.write(home.resolve("corpus"), Corpus.kept(target));
      new JazzerRun(target, home).merge(merged, home.resolve("corpus"));
      List<byte[]> inputs = FuzzCommand.read(merged);
      Path file = RESOURCES.resolve(target.label() + ".gz");
      Files.write(file, Corpus.pack(inputs));
      System.out.printf(
          "%-8s %,6d inputs, %,9d bytes packed%n", target.label(), inputs.size(), Files.size(file));
    }
  }

  private static void clear(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
