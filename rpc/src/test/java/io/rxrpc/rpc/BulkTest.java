// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Split calls in constant memory, both sides: more data than a JVM has room for. {@code
 * -Drpc.bulk=1073741824} makes it a GiB each way.
 */
@Tag("long")
class BulkTest {
  private static final long BYTES = Long.getLong("rpc.bulk", 160L << 20);

  @Test
  void moreGoesThroughThanFitsIntoMemory() throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx24m",
                    "-XX:MaxDirectMemorySize=16m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BulkMain.class.getName(),
                    Long.toString(BYTES)))
            .redirectErrorStream(true)
            .start();
    child.getOutputStream().close();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).endsWith("stored and fetched " + BYTES + System.lineSeparator());
  }
}
