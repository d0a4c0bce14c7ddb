// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks for what a tunable does finds the one policy that reads it. */
class TunablesReadOnceTest {
  private static final Pattern READ = Pattern.compile("\\bTunable[.]([A-Z_]+)\\b");

  @Test
  void theEngineReadsEachTunableInOnePlace() throws IOException {
    Map<String, Integer> reads = new TreeMap<>();
    Path engine = Path.of("src", "main", "java", "io", "rxrpc", "engine");
    try (Stream<Path> files =
        Files.walk(Path.of(System.getProperty("basedir", "")).resolve(engine))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher read = READ.matcher(Files.readString(file));
        while (read.find()) {
          reads.merge(Tunable.valueOf(read.group(1)).name(), 1, Integer::sum);
        }
      }
    }
    assertThat(reads).isNotEmpty().allSatisfy((name, count) -> assertThat(count).isEqualTo(1));
  }
}
