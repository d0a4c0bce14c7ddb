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

/** The files of the whole repository, for the tests that read them; not what a build has made. */
final class SourceTree {
  static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();

  private static final Set<String> NOT_OURS = Set.of("target", ".git");

  private static final Pattern LINE_START = Pattern.compile("\\n\\s*(?:[*](?!/))?[ \\t]*");

  private SourceTree() {}

  /** All Java sources, main and test. */
  static List<Path> java() throws IOException {
    return ending(".java");
  }

  /** All files with that ending, each by its path from the machine's root, in a fixed order. */
  static List<Path> ending(String suffix) throws IOException {
    assertThat(ROOT.resolve("pom.xml")).exists();
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
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
            if (file.toString().endsWith(suffix)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(found).isNotEmpty();
    found.sort(null);
    return found;
  }

  static boolean isTest(Path file) {
    return file.toString().contains("/src/test/");
  }

  /** The path from the root of the repository, as people write it. */
  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  /**
   * The comments of a Java source, each as one line without what begins its lines; comments of
   * single lines that follow each other are one.
   */
  static List<String> comments(String source) {
    List<String> comments = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      int end = end(source, at);
      if (source.startsWith("//", at)) {
        run.append(source, at + 2, end).append(' ');
      } else if (!Character.isWhitespace(source.charAt(at))) {
        flush(run, comments);
        if (source.startsWith("/*", at)) {
          comments.add(LINE_START.matcher(source.substring(at, end)).replaceAll(" "));
        }
      }
      at = end;
    }
    flush(run, comments);
    return comments;
  }

  private static void flush(StringBuilder run, List<String> comments) {
    if (!run.isEmpty()) {
      comments.add(run.toString());
      run.setLength(0);
    }
  }

  /** Where the comment, the literal or the single character ends that begins there. */
  private static int end(String source, int at) {
    if (source.startsWith("//", at)) {
      return behind(source, "\n", at + 2) - (source.indexOf('\n', at) < 0 ? 0 : 1);
    }
    if (source.startsWith("/*", at)) {
      return behind(source, "*/", at + 2);
    }
    String quote = source.startsWith("\"\"\"", at) ? "\"\"\"" : String.valueOf(source.charAt(at));
    if (quote.charAt(0) != '"' && quote.charAt(0) != '\'') {
      return at + 1;
    }
    int next = at + quote.length();
    while (next < source.length() && !source.startsWith(quote, next)) {
      next += source.charAt(next) == '\\' ? 2 : 1;
    }
    return Math.min(source.length(), next + quote.length());
  }

  private static int behind(String source, String what, int from) {
    int at = source.indexOf(what, from);
    return at < 0 ? source.length() : at + what.length();
  }
}
