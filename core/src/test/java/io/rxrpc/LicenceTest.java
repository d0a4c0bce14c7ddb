// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every source says its licence, and what is handed out brings the licence with it. */
class LicenceTest {
  private static final String LINE = "SPDX-License-Identifier: Apache-2.0";

  /** Folders made by a build or by the system, not by us. */
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(java|xg|et|c|h|sh|py|cmd|xml)|build|rxrpc|rxgen|at-length");

  @Test
  void everySourceNamesItsLicenceInItsFirstLines() throws IOException {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..");
    List<Path> without = new ArrayList<>();
    Files.walkFileTree(
        root.normalize(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            Path name = dir.getFileName();
            return name != null && NOT_OURS.contains(name.toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (SOURCE.matcher(file.getFileName().toString()).matches() && !saysIt(file)) {
              without.add(root.normalize().relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(without).as("sources without the line '%s' at their head", LINE).isEmpty();
  }

  private static boolean saysIt(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.limit(3).anyMatch(line -> line.contains(LINE));
    }
  }

  @Test
  void aJarBringsLicenceAndNotice() {
    assertThat(RxrpcEndpoint.class.getResource("/META-INF/LICENSE")).isNotNull();
    assertThat(RxrpcEndpoint.class.getResource("/META-INF/NOTICE")).isNotNull();
  }
}
