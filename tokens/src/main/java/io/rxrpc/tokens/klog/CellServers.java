// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the files of an AFS client say about cells: which one the machine belongs to, and the names
 * of a cell's database servers, from which the realm of the cell is told. Looks anew each time.
 */
public final class CellServers {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/etc/openafs"), Path.of("/usr/vice/etc"));
  private static final String LOCAL = "ThisCell";
  private static final String SERVERS = "CellServDB";

  private final List<Path> folders;

  CellServers(List<Path> folders) {
    this.folders = folders;
  }

  /** {@return those of this machine} */
  public static CellServers ofThisMachine() {
    return new CellServers(FOLDERS);
  }

  /** Comments are in any coding. */
  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }

  private Optional<Path> file(String name) {
    return folders.stream().map(f -> f.resolve(name)).filter(Files::isRegularFile).findFirst();
  }

  /**
   * {@return the cell that this machine belongs to}
   *
   * @throws IOException if there is a file that cannot be read
   */
  public Optional<String> local() throws IOException {
    Optional<Path> file = file(LOCAL);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String text = String.join(" ", lines(file.get())).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toLowerCase(Locale.ROOT));
  }

  /**
   * {@return the names of the hosts of a cell's database servers, first the first; none if they are
   * not known}
   *
   * @param cell the cell, such as example.org
   * @throws IOException if a file that is there cannot be read
   */
  public List<String> hosts(String cell) throws IOException {
    Optional<Path> file = file(SERVERS);
    List<String> hosts = new ArrayList<>();
    boolean inside = false;
    for (String line : file.isEmpty() ? List.<String>of() : lines(file.get())) {
      String text = line.strip();
      if (text.startsWith(">")) { // >cell [linked cell]  # comment
        String[] words = text.substring(1).split("[\\s#]+", 2);
        inside = words[0].equalsIgnoreCase(cell);
      } else if (inside && text.contains("#")) { // address  # name
        String host = text.substring(text.indexOf('#') + 1).strip();
        if (!host.isEmpty()) {
          hosts.add(host.split("\\s", 2)[0]);
        }
      }
    }
    return hosts;
  }
}
