// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.completion;

import io.rxrpc.cli.frame.VerbOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may stand behind a verb.
 *
 * @param path the verb and its subverb with a space between; empty for the command itself
 * @param summary what it does, in one sentence
 * @param subverbs their names
 * @param options as its help lists them
 * @param places what stands where, the last as often as one likes
 */
record VerbWords(
    String path,
    String summary,
    List<String> subverbs,
    List<OptionSpec> options,
    List<ValueKind> places) {

  /** Of a command and everything below it. */
  static List<VerbWords> all(CommandLine command) {
    List<VerbWords> all = new ArrayList<>();
    add(command, "", all);
    return all;
  }

  private static void add(CommandLine line, String path, List<VerbWords> all) {
    List<ValueKind> places = new ArrayList<>();
    for (PositionalParamSpec place : line.getCommandSpec().positionalParameters()) {
      boolean behindTarget = !places.isEmpty() && places.getLast().equals(ValueKind.TARGET);
      // which procedures there are depends on the service of the target
      places.add(
          behindTarget && place.paramLabel().equals("WORD")
              ? ValueKind.PROCEDURE
              : ValueKind.of(place));
    }
    String[] description = line.getCommandSpec().usageMessage().description();
    all.add(
        new VerbWords(
            path,
            sentence(description),
            List.copyOf(line.getSubcommands().keySet()),
            VerbOptions.of(line.getCommandSpec()),
            List.copyOf(places)));
    line.getSubcommands()
        .forEach((name, below) -> add(below, path.isEmpty() ? name : path + " " + name, all));
  }

  /** The first sentence, without its full stop and without what would mean something to a shell. */
  static String sentence(String... lines) {
    String text =
        Stream.of(lines).filter(line -> !line.isBlank()).collect(Collectors.joining(" ")).strip();
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.replaceAll("\\.$", "").replaceAll("\\$\\{[^}]*}", "...").replace("%n", " ");
  }

  /** All names of its options. */
  List<String> optionNames() {
    return options.stream().flatMap(option -> Stream.of(option.names())).toList();
  }

  /** The names of the options that take a value, each with what that is. */
  List<String> valued() {
    return options.stream()
        .filter(VerbWords::takesValue)
        .flatMap(option -> Stream.of(option.names()).map(name -> name + "=" + code(option)))
        .toList();
  }

  static boolean takesValue(ArgSpec option) {
    return option.arity().max() > 0;
  }

  /** The kind in one word: {@code words:a,b,c} where they are known. */
  private static String code(ArgSpec option) {
    return code(ValueKind.of(option));
  }

  static String code(ValueKind kind) {
    return kind.words().isEmpty()
        ? kind.word()
        : kind.word() + ":" + String.join(",", kind.words());
  }
}
