// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A dump of a GiB in a JVM with 64 MiB. */
@Tag("long")
class BigDumpTest {
  private static final long OCTETS = 1L << 30;

  @Test
  void aDumpOfAGibNeedsNoMoreMemoryThanASmallOne() throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:MaxDirectMemorySize=8m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BigDumpMain.class.getName(),
                    Long.toString(OCTETS)))
            .redirectErrorStream(true)
            .start();
    child.getOutputStream().close();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).contains("listed, checked, read and copied 107");
  }
}
