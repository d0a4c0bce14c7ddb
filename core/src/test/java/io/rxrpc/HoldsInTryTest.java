// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every hold of the engine's lock stands in a {@code try}, which ends it whatever happens. */
class HoldsInTryTest {
  private static final Pattern TAKEN = Pattern.compile("\\b(hold|look|pause)\\(\\)(?!\\s*\\{)");
  private static final Pattern IN_TRY =
      Pattern.compile("\\btry \\((Hold|Look|Hold[.]Pause) \\w+ =\\s+[\\w.]*$");

  /** Where a hold is handed on to the one who has asked for it. */
  private static final List<String> HANDED_ON = List.of("return lock.");

  private static List<String> outsideTry(String source) {
    List<String> found = new ArrayList<>();
    Matcher taken = TAKEN.matcher(source.replaceAll("(?s)/[*].*?[*]/|//[^\n]*", ""));
    while (taken.find()) {
      StringBuilder before = new StringBuilder();
      taken.appendReplacement(before, "");
      String text = source.replaceAll("(?s)/[*].*?[*]/|//[^\n]*", "").substring(0, taken.start());
      if (!IN_TRY.matcher(text).find() && HANDED_ON.stream().noneMatch(text::endsWith)) {
        found.add(text.substring(Math.max(0, text.length() - 60)) + taken.group());
      }
    }
    return found;
  }

  @Test
  void everyHoldStandsInATry() throws IOException {
    Path root = Path.of(System.getProperty("basedir", ""), "src/main/java/io/rxrpc");
    int files = 0;
    List<String> found = new ArrayList<>();
    for (String room : List.of("driver", "socket")) {
      try (Stream<Path> sources = Files.list(root.resolve(room))) {
        for (Path file : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
          files++;
          outsideTry(Files.readString(file)).forEach(what -> found.add(file + ": " + what));
        }
      }
    }
    assertThat(files).isGreaterThan(50);
    assertThat(found).as("holds that nobody may end").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hold hold = driver.hold();",
        "driver.look();",
        "use(table.driver.hold());",
        "try { Hold h = hold(); } finally { h.close(); }"
      })
  void aHoldOutsideIsFound(String source) {
    assertThat(outsideTry(source)).hasSize(1);
  }
}
