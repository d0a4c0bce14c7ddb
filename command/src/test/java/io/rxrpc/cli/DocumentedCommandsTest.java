// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rxrpc.cli.frame.VerbOptions;
import io.rxrpc.rxgen.command.Rxgen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Command lines in README and docs: each is run here, by another test, or said to need a peer. */
class DocumentedCommandsTest {
  /** Verbs that need nobody and nothing but their arguments. */
  private static final List<String> LOCAL =
      List.of("rpc", "error", "tunables", "help", "completion", "--version", "--help");

  /** Marks that say who runs the commands of a block, or why nobody does. */
  private static final Pattern MARK =
      Pattern.compile("(run|run by \\w+Test|run services|needs (a|an|the) .*)");

  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?rxrpc ([a-z][^`]*)`");

  private static boolean isLocal(DocumentedCommand command) {
    String[] words = command.words();
    return command.runs("rxrpc") && words.length > 0 && LOCAL.contains(words[0]);
  }

  @Test
  void everyCommandIsUnderstood() throws IOException {
    List<DocumentedCommand> all = DocumentedCommand.all();
    assertThat(all).hasSizeGreaterThan(40);
    for (DocumentedCommand command : all) {
      if (command.runs("rxrpc")) {
        assertThatCode(() -> VerbOptions.check(EveryVerb.command().parseArgs(command.words())))
            .as(command.toString())
            .doesNotThrowAnyException();
      } else if (command.runs("rxgen")) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        assertThatCode(() -> Rxgen.line(nowhere, nowhere).parseArgs(command.words()))
            .as(command.toString())
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void whatNeedsNobodyRuns() throws IOException {
    List<DocumentedCommand> run =
        DocumentedCommand.all().stream().filter(DocumentedCommandsTest::isLocal).toList();
    assertThat(run).isNotEmpty();
    for (DocumentedCommand command : run) {
      CommandRun result = CommandRun.of(command.words());
      assertThat(result.err()).as(command.toString()).isEmpty();
      assertThat(result.code()).as(command.toString()).isZero();
      assertThat(result.out()).as(command.toString()).isNotBlank();
    }
  }

  /** A command that no test runs says so, in a comment right before its block. */
  @Test
  void whatIsNotRunHereSaysWhoRunsItOrWhy() throws IOException {
    List<String> unmarked = new ArrayList<>();
    for (DocumentedCommand command : DocumentedCommand.all()) {
      boolean built = command.runs("build") && isKnownToBuild(command);
      boolean shown = command.line().equals("./rxrpc demo"); // DemoTest runs what it does
      if (!isLocal(command) && !built && !shown && !MARK.matcher(command.mark()).matches()) {
        unmarked.add(command.toString());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  /** A step of the script, or a phase or goal of Maven. */
  private static boolean isKnownToBuild(DocumentedCommand command) throws IOException {
    String script = Files.readString(DocumentedCommand.pages().getFirst().resolveSibling("build"));
    String[] words = command.words();
    String first = Arrays.stream(words).filter(w -> !w.equals("-q")).findFirst().orElse("");
    return script.contains("\n  " + first + ")")
        || List.of("verify", "test", "test-compile", "package", "spotless:apply").contains(first);
  }

  @Test
  void theTestsThatMarksNameAreThere() throws IOException {
    Path project = DocumentedCommand.pages().getFirst().getParent();
    Pattern named = Pattern.compile("run by (\\w+Test)");
    for (DocumentedCommand command : DocumentedCommand.all()) {
      Matcher test = named.matcher(command.mark());
      if (test.matches()) {
        try (Stream<Path> files = Files.walk(project)) {
          assertThat(files.map(f -> f.getFileName().toString()))
              .as(command.toString())
              .contains(test.group(1) + ".java");
        }
      }
    }
  }

  /** Verbs and options that a text speaks of exist. */
  @Test
  void commandsWithinTextsHaveVerbsAndOptionsThatExist() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : DocumentedCommand.pages()) {
      if (page.endsWith("CHANGELOG.md")) {
        continue; // of its time
      }
      Matcher inline = INLINE.matcher(Files.readString(page));
      while (inline.find()) {
        String text = inline.group(1).replaceAll("\\s+", " ");
        if (!isKnown(text)) {
          wrong.add(page.getFileName() + ": rxrpc " + text);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isKnown(String text) {
    CommandLine line = EveryVerb.command();
    boolean verb = true;
    for (String word : text.split(" ", -1)) {
      CommandLine below = line.getSubcommands().get(word);
      if (verb && below != null) {
        line = below;
        continue;
      }
      if (verb && line.getParent() == null) {
        return false;
      }
      verb = false;
      String option = word.replaceFirst("[=,].*", "");
      if (option.matches("--?[a-z][a-z-]*") && line.getCommandSpec().findOption(option) == null) {
        return false;
      }
    }
    return true;
  }
}
