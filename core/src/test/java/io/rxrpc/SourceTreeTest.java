// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What every Java source of the whole repository keeps to, tests included. */
class SourceTreeTest {
  private static final int MAX_LINES = 600;
  private static final int MAX_MAIN_LINES = 500;
  private static final int MAX_METHOD_LINES = 60;

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

  /** Javadoc is not counted: what every parameter means must not be a reason to say less. */
  @Test
  void noMainFileIsLongerThanFiveHundredLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : mainSources()) {
      int lines = 0;
      boolean javadoc = false;
      for (String line : Files.readAllLines(file)) {
        javadoc |= line.strip().startsWith("/**");
        lines += javadoc ? 0 : 1;
        javadoc &= !line.contains("*/");
      }
      if (lines > MAX_MAIN_LINES) {
        tooLong.add(file + ": " + lines + " lines without Javadoc");
      }
    }
    assertThat(tooLong).as("files that are several files").isEmpty();
  }

  @Test
  void noMethodOfMainCodeIsLongerThanSixtyLines() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> tooLong = new ArrayList<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask parser =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(mainSources()));
      SourcePositions positions = Trees.instance(parser).getSourcePositions();
      for (CompilationUnitTree unit : parser.parse()) {
        new MethodLengths(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).as("methods that are several methods").isEmpty();
  }

  /** Notes the methods that are too long, from the signature to the closing brace. */
  private static final class MethodLengths extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      LineMap map = unit.getLineMap();
      long first = map.getLineNumber(positions.getStartPosition(unit, method));
      long lines = map.getLineNumber(positions.getEndPosition(unit, method)) - first + 1;
      if (lines > MAX_METHOD_LINES) {
        String file = unit.getSourceFile().getName();
        tooLong.add(file + ": " + method.getName() + " has " + lines + " lines");
      }
      return super.visitMethod(method, null);
    }
  }

  private static List<Path> mainSources() throws IOException {
    Path main = Path.of("src", "main", "java");
    return sources().stream().filter(file -> file.toString().contains(main.toString())).toList();
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
