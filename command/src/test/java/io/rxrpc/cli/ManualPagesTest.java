// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.frame.VerbOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages of the command and of each verb. */
class ManualPagesTest {
  private static final Path GROFF = Path.of("/usr/bin/groff");

  @TempDir private Path folder;

  private static String page(String verb) {
    CommandRun run = CommandRun.of(("help --man " + verb).strip().split(" "));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }

  @Test
  void everyVerbHasAPageWithItsOptionsAndExamples() {
    for (CommandLine line : EveryVerb.all()) {
      String page = page(EveryVerb.words(line));
      String name = line.getCommandSpec().qualifiedName("-");
      assertThat(page)
          .contains(".TH \"" + name.toUpperCase(Locale.ROOT).replace("-", "\\-") + "\" \"1\"")
          .contains(name.replace("-", "\\-") + " \\- ")
          .contains(".SH \"SYNOPSIS\"", ".SH \"OPTIONS\"", ".SH \"EXIT STATUS\"");
      for (OptionSpec option : VerbOptions.of(line.getCommandSpec())) {
        assertThat(page).contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR");
      }
      for (String footer : line.getCommandSpec().usageMessage().footer()) {
        if (footer.startsWith("  rxrpc ")) {
          assertThat(page).contains(footer.strip().replace("-", "\\-"));
        }
      }
    }
  }

  @Test
  void allPagesAreWrittenAtOnceAndAlwaysTheSame() throws IOException {
    Path one = folder.resolve("one/man1");
    Path other = folder.resolve("other");
    for (Path into : List.of(one, other)) {
      CommandRun run = CommandRun.of("help", "--man-pages", into.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
    }
    try (Stream<Path> files = Files.list(one)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertThat(names)
          .hasSize(EveryVerb.all().size() + 1)
          .contains("rxrpc.1", "rxrpc-call.1", "rxrpc-perf-client.1", "rxgen.1");
      for (String name : names) {
        assertThat(one.resolve(name)).hasSameTextualContentAs(other.resolve(name));
      }
    }
  }

  /** groff says what it does not understand, where it is installed. */
  @Test
  void groffReadsEveryPageWithoutAWarning() throws IOException, InterruptedException {
    CommandRun.of("help", "--man-pages", folder.toString());
    if (!Files.exists(GROFF)) {
      return; // the pages are looked at as text above
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> command =
          Stream.concat(
                  Stream.of(GROFF.toString(), "-man", "-ww", "-z", "-Tutf8"),
                  files.map(Path::toString).sorted())
              .toList();
      Process groff = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(groff.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said).isEmpty();
    }
  }

  @Test
  void pagesAndAVerbExcludeEachOther() {
    CommandRun run = CommandRun.of("help", "call", "--man-pages", folder.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--man-pages").hasLineCount(1);
  }
}
