// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.completion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The cells of this machine: those that its CellServDB files name. */
public final class KnownCells {
  /** Where Debian and OpenAFS's own installation keep them, of clients and of servers. */
  private static final List<Path> FILES =
      List.of(
          Path.of("/etc/openafs/CellServDB"),
          Path.of("/etc/openafs/server/CellServDB"),
          Path.of("/usr/vice/etc/CellServDB"),
          Path.of("/usr/afs/etc/CellServDB"));

  private KnownCells() {}

  /** Their names and those of others, sorted. */
  public static List<String> with(List<String> others) throws IOException {
    return of(FILES, others);
  }

  static List<String> of(List<Path> files, List<String> others) throws IOException {
    Set<String> cells = new TreeSet<>(others);
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue; // most machines have none of them, or one
      }
      // people's names stand in these files, in the encoding of their time
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(">")) {
          cells.add(line.substring(1).replaceFirst("[\\s#].*", ""));
        }
      }
    }
    cells.remove("");
    return List.copyOf(cells);
  }
}
