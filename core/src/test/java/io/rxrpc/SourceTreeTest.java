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

/** What every Java source of the whole repository keeps to, tests included. */
class SourceTreeTest {
  private static final int MAX_LINES = 600;
  private static final Set<String> NOT_OURS = Set.of("target", ".git");

  /** Spelled with a bracket each, so that this file does not find itself. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "Thread[.]sleep[(]|@[D]isabled\\b|\\b[T]ODO\\b|\\b[F]IXME\\b|^import .*[*];",
          Pattern.MULTILINE);

  @Test
  void noFileIsLongerThanSixHundredLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_LINES) {
        tooLong.add(file + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).as("files that are several files").isEmpty();
  }

  @Test
  void noFileSleepsOrLeavesWorkBehind() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      FORBIDDEN
          .matcher(Files.readString(file))
          .results()
          .forEach(match -> found.add(file + ": " + match.group()));
    }
    assertThat(found).as("sleeps, skipped tests, wildcard imports and notes to oneself").isEmpty();
  }

  private static List<Path> sources() throws IOException {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..");
    assertThat(root.resolve("pom.xml")).exists();
    List<Path> found = new ArrayList<>();
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
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(found).isNotEmpty();
    return found;
  }
}
