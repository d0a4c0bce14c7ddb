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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs on the first page of the Javadoc are programs. */
class ModulePageTest {
  private static final Pattern SNIPPET =
      Pattern.compile("\\{@snippet lang=java :\n(.*?\n \\* \\})\n \\* \\}\n", Pattern.DOTALL);

  @TempDir private Path folder;

  private List<String> programs() throws IOException {
    String page =
        Files.readString(ApiRecord.project().resolve("core/src/main/java/module-info.java"));
    List<String> programs = new ArrayList<>();
    Matcher snippet = SNIPPET.matcher(page);
    while (snippet.find()) {
      programs.add(
          Pattern.compile("^ \\* ?", Pattern.MULTILINE).matcher(snippet.group(1)).replaceAll(""));
    }
    return programs;
  }

  @Test
  void fiveProgramsOfTheModulePageCompile() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String program : programs()) {
      files.add(Files.writeString(folder.resolve("Program" + files.size() + ".java"), program));
    }
    assertThat(files).hasSize(5);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-d",
              folder.resolve("classes").toString(),
              "-Xlint:all,-classfile,-processing",
              "-proc:none");
      compiler
          .getTask(null, manager, said, options, null, manager.getJavaFileObjectsFromPaths(files))
          .call();
    }
    assertThat(said.getDiagnostics().stream().map(Diagnostic::toString)).isEmpty();
  }
}
