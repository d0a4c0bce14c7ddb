// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of a JVM that may not call native functions, in JVMs of their own. */
class NativeAccessTest {
  @TempDir Path dir;

  @Test
  void thatTokensAreElsewhereIsSaidWithTheCure() throws Exception {
    String output = run(false);
    assertThat(output)
        .containsOnlyOnce("WARNING")
        .contains("native access is off: tokens are kept in a file")
        .contains("--enable-native-access=ALL-UNNAMED")
        .contains("Enable-Native-Access: ALL-UNNAMED");
    assertThat(output.lines().toList()).anyMatch(l -> l.startsWith("place: "));
  }

  @Test
  void whoNamesAFileMissesNothing() throws Exception {
    assertThat(run(true)).isEqualTo("place: " + dir.resolve("mine"));
  }

  private String run(boolean named) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ShowStore.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().put("XDG_RUNTIME_DIR", dir.toString());
    builder.environment().remove(TokenStore.VARIABLE);
    if (named) {
      builder.environment().put(TokenStore.VARIABLE, dir.resolve("mine").toString());
    }
    Process process = builder.start();
    try (InputStream output = process.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    } finally {
      process.waitFor();
    }
  }

  /** Opens the store twice and prints its place. */
  static final class ShowStore {
    private ShowStore() {}

    public static void main(String[] arguments) throws IOException {
      TokenStore.open();
      System.out.println("place: " + TokenStore.open().place());
    }
  }
}
