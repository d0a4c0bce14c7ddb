// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about these services shows. */
class AfsPageTest {
  private static final Pattern PROGRAM =
      Pattern.compile("<!-- file ListVolumes.java -->\\n```java\\n(.*?)```", Pattern.DOTALL);

  private static String page(String name) throws IOException {
    return Files.readString(
        Path.of(System.getProperty("basedir", ".")).resolve("..").resolve(name));
  }

  private static String program() throws IOException {
    Matcher matcher = PROGRAM.matcher(page("docs/afs.md"));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void tenLinesThatListVolumesCompile(@TempDir Path folder) throws Exception {
    String program = program();
    assertThat(program.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(10);
    Path source = Files.writeString(folder.resolve("ListVolumes.java"), program);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean compiled =
        javac
            .getTask(
                said,
                null,
                null,
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                javac.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  @Test
  void theReadmeShowsTheSameProgram() throws IOException {
    Matcher shown = PROGRAM.matcher(page("README.md"));
    while (shown.find()) {
      assertThat(shown.group(1)).isEqualTo(program());
    }
  }

  @Test
  void everyServiceAndFrontIsOnThePage() throws IOException {
    String page = page("docs/afs.md");
    for (BuiltInService service : BuiltInService.values()) {
      assertThat(page).contains("`" + service.label() + "`");
    }
  }
}
