// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.DocumentationTool;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The javadoc command has nothing to complain of in what users import, with all of doclint's
 * checks: comments, parameters, results, exceptions, references, HTML. The command itself and not
 * javac's doclint, as only it sees what a public class inherits from a hidden one and what is
 * serialised.
 */
@Tag("long")
class PublicCommentsTest {
  static List<ApiRecord> modules() throws IOException {
    return ApiRecord.all(ApiRecord.project()).stream()
        .filter(module -> !packages(module).isEmpty())
        .toList();
  }

  private static List<String> packages(ApiRecord module) {
    return module.packages().entrySet().stream()
        .filter(entry -> entry.getValue() != ApiRecord.Stability.INTERNAL)
        .map(entry -> entry.getKey())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void javadocHasNothingToSay(ApiRecord module, @TempDir Path pages) throws IOException {
    DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        javadoc.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<Path> sources = sources(module);
      assertThat(sources).isNotEmpty();
      List<String> options =
          List.of("-quiet", "-Xmaxwarns", "10000", "-Xdoclint:all", "-d", pages.toString());
      javadoc
          .getTask(null, files, said, null, options, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    assertThat(said.getDiagnostics().stream().map(PublicCommentsTest::text)).isEmpty();
  }

  private static List<Path> sources(ApiRecord module) throws IOException {
    List<Path> roots = new ArrayList<>(List.of(module.folder().resolve("src/main/java")));
    Path generated = module.folder().resolve("target/generated-sources");
    if (Files.isDirectory(generated)) {
      try (Stream<Path> made = Files.list(generated)) {
        made.forEach(roots::add);
      }
    }
    List<Path> sources = new ArrayList<>();
    for (Path root : roots) {
      for (String name : packages(module)) {
        Path folder = root.resolve(name.replace('.', '/'));
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  private static String text(Diagnostic<? extends JavaFileObject> said) {
    JavaFileObject source = said.getSource();
    return (source == null
            ? ""
            : Path.of(source.toUri()).getFileName() + ":" + said.getLineNumber())
        + " "
        + said.getMessage(Locale.ROOT);
  }
}
