// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.VerbOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help of every verb there is. */
class VerbHelpTest {
  static List<String> verbs() {
    return EveryVerb.all().stream().map(EveryVerb::words).toList();
  }

  private static CommandRun helped(String verb) {
    return CommandRun.of((verb + " --help").strip().split(" "));
  }

  private static CommandLine line(String verb) {
    return EveryVerb.all().stream()
        .filter(line -> EveryVerb.words(line).equals(verb))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void helpFitsEightyColumns(String verb) {
    CommandRun run = helped(verb);
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(HelpText.WIDTH));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void helpVerbIsVerbHelp(String verb) {
    assertThat(CommandRun.of(("help " + verb).strip().split(" ")).out())
        .isEqualTo(helped(verb).out());
  }

  /** Every sentence of a description is shown whole, and is a sentence. */
  @ParameterizedTest
  @MethodSource("verbs")
  void noSentenceIsCut(String verb) {
    CommandLine line = line(verb);
    String shown = helped(verb).out().replaceAll("\\s+", " ");
    List<String> texts = new ArrayList<>();
    for (OptionSpec option : VerbOptions.of(line.getCommandSpec())) {
      String text = String.join(" ", option.description());
      assertThat(text).as(option.longestName()).matches("(?s)[A-Z'].*[.)]");
      texts.add(text);
    }
    for (PositionalParamSpec argument : line.getCommandSpec().positionalParameters()) {
      if (!argument.hidden()) {
        String text = String.join(" ", argument.description());
        assertThat(text).as(argument.paramLabel()).matches("(?s)[A-Z'].*\\.");
        texts.add(text);
      }
    }
    String[] description = line.getCommandSpec().usageMessage().description();
    assertThat(String.join(" ", description).strip()).as("what it does").isNotEmpty();
    texts.addAll(Stream.of(description).filter(l -> !l.startsWith(" ")).toList());
    for (String text : texts) {
      String whole = text.replaceAll("\\$\\{DEFAULT-VALUE}.*", "").replaceAll("\\s+", " ").strip();
      assertThat(shown).contains(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyOptionHasItsKindOfNameAndIsListed(String verb) {
    String shown = helped(verb).out();
    for (OptionSpec option : VerbOptions.of(line(verb).getCommandSpec())) {
      assertThat(shown).contains(option.longestName());
    }
  }

  /** What would do nothing is not offered, and not taken silently. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokens | --pcap=x",
        "tokens | --set=rto-min=1s",
        "tokens | --port-kind=nio",
        "unlog | --trace",
        "key list | --trace",
        "key show x | --pcap=x",
        "rpc list | --port-kind=nio",
        "rpc show vl.GetEntryByNameU | --set=rto-min=1s",
        "error 1 | --trace",
        "afsdump ls x | --pcap=x",
        "tunables | --pcap=x",
        "completion | --json",
        "help call | --json",
        "example server | --json",
        "example client | --trace"
      })
  void anOptionThatWouldDoNothingIsNeitherListedNorTaken(String verb, String option) {
    String name = option.strip().replaceFirst("=.*", "");
    String words = verb.strip();
    List<String> named =
        verbs().stream().filter(v -> !v.isEmpty() && (words + " ").startsWith(v + " ")).toList();
    assertThat(helped(named.getLast()).out()).doesNotContain(name);
    for (String line : List.of(words + " " + option.strip(), option.strip() + " " + words)) {
      CommandRun run = CommandRun.of(line.split(" "));
      assertThat(run.code()).as(line).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .contains(name + " means nothing to 'rxrpc " + named.getLast() + "'")
          .hasLineCount(1);
    }
  }

  @Test
  void optionsThatMeanSomethingAreListed() {
    for (String verb : List.of("call", "serve", "perf client", "debug", "klog", "demo", "udebug")) {
      assertThat(helped(verb).out())
          .contains("--json", "--pcap", "--trace", "--set", "--port-kind");
    }
    assertThat(helped("tunables").out()).contains("--json", "--set");
  }
}
