// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the log is in one of the categories that docs/logging.md tells of. */
class LogCategoriesTest {
  private static final Pattern LOGGER = Pattern.compile("getLogger\\(([^)]*)\\)");
  private static final List<String> LIBRARY =
      List.of("udp", "core", "xdr", "rpc", "tokens", "afs", "rxgen-compiler");

  @Test
  void categoriesAreThoseOfTheGuide() throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    Set<String> used = new TreeSet<>();
    for (String module : LIBRARY) {
      try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher logger = LOGGER.matcher(Files.readString(file));
          while (logger.find()) {
            used.add(logger.group(1).replace("\"", ""));
          }
        }
      }
    }
    Set<String> told = new TreeSet<>();
    Matcher row =
        Pattern.compile("^\\| `(io\\.rxrpc\\.\\w+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(project.resolve("docs/logging.md")));
    while (row.find()) {
      told.add(row.group(1));
    }
    assertThat(used).isEqualTo(told);
    assertThat(told).hasSize(6);
  }
}
