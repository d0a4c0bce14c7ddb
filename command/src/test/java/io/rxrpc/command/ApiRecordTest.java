// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.command.ApiRecord.Stability;
import io.rxrpc.command.sample.ApiSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public API is written down, so that a change of it shows in the diff of a commit. */
class ApiRecordTest {
  static List<ApiRecord> modules() throws IOException {
    return ApiRecord.all(ApiRecord.project());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theApiIsAsItIsWrittenDown(ApiRecord module) throws IOException {
    assertThat(module.file()).as("where the API is written down; ./build api writes it").exists();
    List<String> written = Files.readAllLines(module.file());
    List<String> now = module.lines();
    String meant = "if the API was meant to change: ./build api, and commit what it writes";
    assertThat(now.stream().filter(line -> !written.contains(line))).as("new: " + meant).isEmpty();
    assertThat(written.stream().filter(line -> !now.contains(line))).as("gone: " + meant).isEmpty();
    assertThat(now).as(meant).isEqualTo(written);
  }

  @Test
  void thePolicyNamesEveryExportedPackageAsItsJavadocDoes() throws IOException {
    Map<String, Stability> marked = new TreeMap<>();
    modules().forEach(module -> marked.putAll(module.packages()));
    Map<String, Stability> promised = new TreeMap<>();
    Matcher row =
        Pattern.compile(
                "^\\| `([\\w.]+)` \\| (stable|experimental|internal) \\|", Pattern.MULTILINE)
            .matcher(Files.readString(ApiRecord.project().resolve("docs/api-policy.md")));
    while (row.find()) {
      promised.put(row.group(1), Stability.valueOf(row.group(2).toUpperCase(Locale.ROOT)));
    }
    assertThat(promised).isEqualTo(marked);
  }

  @Test
  void aRecordShowsGenericsNullnessConstantsAndWhatIsInherited() throws Exception {
    Path classes =
        Path.of(ApiSample.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(ApiTypes.of(classes.resolve("io/rxrpc/command/sample")).lines())
        .containsExactly(
            "",
            "class io.rxrpc.command.sample.ApiSample<T extends Comparable<T>>"
                + " extends io.rxrpc.command.sample.HiddenSample"
                + " implements java.util.function.Supplier<T>",
            "  @Deprecated static <E extends Exception> void raise(E) throws E",
            "  ApiSample(T)",
            "  T get()",
            "  final int inherited()",
            "  java.util.@Nullable Map<String, java.util.@Nullable List<? extends T>>"
                + " find(@Nullable String, int...) throws java.io.IOException",
            "  protected byte @Nullable [] bytes",
            "  static final int LIMIT = 7",
            "",
            "record io.rxrpc.command.sample.ApiSample.Pair(left, right)"
                + " implements io.rxrpc.command.sample.ApiSample.Shape",
            "  @Nullable String right()",
            "  Pair(int, @Nullable String)",
            "  int left()",
            "  void draw()",
            "",
            "enum io.rxrpc.command.sample.ApiSample.Season",
            "  constant AUTUMN",
            "  constant SPRING",
            "",
            "sealed interface io.rxrpc.command.sample.ApiSample.Shape"
                + " permits io.rxrpc.command.sample.ApiSample.Pair",
            "  default int corners()",
            "  void draw()");
  }
}
