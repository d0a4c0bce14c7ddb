// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.rxgen.model.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out compiles as our own sources must, is always the same, and is written once. */
@Tag("long")
class GeneratedJavaTest {
  static Description description(String name) throws IOException {
    Path file = Path.of(System.getProperty("basedir", "."), "src/test/resources/xg", name);
    DescriptionReader.Result result = DescriptionReader.of(List.of(), Map.of()).read(file);
    assertThat(result.problems()).isEmpty();
    return result.description();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample.xg", "zoo.xg", "odd.xg"})
  void compilesWithoutAWarning(String name, @TempDir Path folder) throws Exception {
    JavaSources sources = JavaSources.of(description(name), "org.example.made", Map.of());
    sources.writeTo(folder.resolve("src"));
    assertThat(Javac.compile(folder.resolve("src"), folder.resolve("classes"))).isEmpty();
  }

  @Test
  void isTheSameEveryTime() throws IOException {
    assertThat(JavaSources.of(description("zoo.xg"), "a.b", Map.of()))
        .isEqualTo(JavaSources.of(description("zoo.xg"), "a.b", Map.of()));
  }

  @Test
  void onlyWhatHasChangedIsWritten(@TempDir Path folder) throws IOException {
    JavaSources sources = JavaSources.of(description("sample.xg"), "a.b", Map.of());
    assertThat(sources.writeTo(folder)).hasSameSizeAs(sources.files().keySet());
    assertThat(sources.writeTo(folder)).isEmpty();

    Path changed = folder.resolve("a/b/SampleClient.java");
    Path kept = folder.resolve("a/b/SampleEntry.java");
    Files.writeString(changed, "other");
    FileTime before = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(kept, before);
    assertThat(sources.writeTo(folder)).containsExactly(changed);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(before);
  }

  @Test
  void namesCanBeChosen() throws IOException {
    JavaSources sources =
        JavaSources.of(
            description("sample.xg"), "a.b", Map.of("SAMPLE_", "Shelf", "sampleEntry", "Book"));
    assertThat(sources.files())
        .containsKeys("a/b/Shelf.java", "a/b/ShelfClient.java", "a/b/Book.java")
        .doesNotContainKeys("a/b/Sample.java", "a/b/SampleEntry.java");
    assertThatThrownBy(() -> JavaSources.of(description("sample.xg"), "a.1", Map.of()))
        .hasMessage("'a.1' is no name of a Java package: give another one");
    assertThatThrownBy(
            () -> JavaSources.of(description("sample.xg"), "a", Map.of("SAMPLE_", "class")))
        .hasMessage("'class' is no name of a Java type");
  }

  @Test
  void noCommentOfTheDescriptionGetsIntoTheJava() throws IOException {
    JavaSources.of(description("zoo.xg"), "a", Map.of())
        .files()
        .values()
        .forEach(text -> assertThat(text).doesNotContain("Everything comes back"));
  }
}
