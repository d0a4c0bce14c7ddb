// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes in docs/rxgen.md are those that come out. {@code -Drxgen.docs=write} puts them there.
 */
@Tag("long")
class DocumentationTest {
  private static final Pattern SHOWN =
      Pattern.compile("<!-- generated (\\w+\\.java) -->\n(?:```java\n.*?```\n)?", Pattern.DOTALL);

  /** What a reader types in in the first five minutes. */
  @Test
  void theFirstExampleCompiles(@TempDir Path folder) throws Exception {
    String text = Files.readString(Path.of(System.getProperty("basedir", "."), "../docs/rxgen.md"));
    Matcher description =
        Pattern.compile("```\n(package SAMPLE_.*?)```", Pattern.DOTALL).matcher(text);
    assertThat(description.find()).isTrue();
    JavaSources sources =
        JavaSources.of(Descriptions.good(description.group(1)), "org.example.sample", Map.of());
    assertThat(text).contains(sources.writeTo(folder).size() + " files written");
    Matcher java =
        Pattern.compile("```java\n(package org.example;.*?)```", Pattern.DOTALL).matcher(text);
    int files = 0;
    while (java.find()) {
      Matcher type = Pattern.compile("public final class (\\w+)").matcher(java.group(1));
      assertThat(type.find()).isTrue();
      Files.writeString(folder.resolve("org/example/" + type.group(1) + ".java"), java.group(1));
      files++;
    }
    assertThat(files).isEqualTo(2);
    assertThat(Javac.compile(folder, Files.createDirectory(folder.resolve("classes")))).isEmpty();
  }

  @Test
  void showsWhatComesOut() throws IOException {
    Path file = Path.of(System.getProperty("basedir", "."), "../docs/rxgen.md");
    String text = Files.readString(file);
    Map<String, String> java =
        JavaSources.of(GeneratedJavaTest.description("sample.xg"), "org.example.sample", Map.of())
            .files();
    Matcher matcher = SHOWN.matcher(text);
    String wanted =
        matcher.replaceAll(
            shown -> {
              String source = java.get("org/example/sample/" + shown.group(1));
              return Matcher.quoteReplacement(
                  "<!-- generated " + shown.group(1) + " -->\n```java\n" + source + "```\n");
            });
    if ("write".equals(System.getProperty("rxgen.docs"))) {
      Files.writeString(file, wanted);
    }
    assertThat(SHOWN.matcher(text).results()).hasSize(3);
    assertThat(Files.readString(file)).isEqualTo(wanted);
  }
}
