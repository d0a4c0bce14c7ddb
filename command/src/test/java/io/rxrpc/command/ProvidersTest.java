// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module path goes by module-info, the class path by files: both know the same providers. */
class ProvidersTest {
  private static final Pattern PROVIDES =
      Pattern.compile("provides ([\\w.]+) with\\s+([\\w.,\\s]+);");

  @ParameterizedTest
  @ValueSource(strings = {"cli", "load", "cli-rpc", "rxkad-vector"})
  void moduleAndClassPathBringTheSame(String folder) throws IOException {
    Path main = Path.of("").toAbsolutePath().getParent().resolve(folder).resolve("src/main");
    String module = Files.readString(main.resolve("java/module-info.java"));
    Map<String, TreeSet<String>> provided = new TreeMap<>();
    Matcher provides = PROVIDES.matcher(module);
    while (provides.find()) {
      String service = provides.group(1);
      Matcher imported = Pattern.compile("import ([\\w.]+\\." + service + ");").matcher(module);
      provided.put(
          imported.find() ? imported.group(1) : service,
          new TreeSet<>(List.of(provides.group(2).strip().split(",\\s+"))));
    }
    Map<String, TreeSet<String>> listed = new TreeMap<>();
    try (var files = Files.list(main.resolve("resources/META-INF/services"))) {
      for (Path file : files.toList()) {
        listed.put(file.getFileName().toString(), new TreeSet<>(Files.readAllLines(file)));
      }
    }
    assertThat(provided).isNotEmpty().isEqualTo(listed);
  }
}
