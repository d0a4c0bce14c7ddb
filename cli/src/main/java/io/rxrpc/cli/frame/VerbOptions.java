// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Which options a verb has: its own, and those of all verbs that mean something to it. */
public final class VerbOptions {
  private VerbOptions() {}

  /** The options that its help lists, in the order of their declaration. */
  public static List<OptionSpec> of(CommandSpec verb) {
    List<String> without = without(verb, true);
    return verb.options().stream()
        .filter(option -> !option.hidden() && !without.contains(option.longestName()))
        .toList();
  }

  /** Has the help of a verb and of its subverbs list no others. */
  public static void settle(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, VerbOptions::listed);
    line.getSubcommands().values().forEach(VerbOptions::settle);
  }

  private static String listed(Help help) {
    List<OptionSpec> options = of(help.commandSpec());
    return help.optionListExcludingGroups(options) + help.optionListGroupSections();
  }

  /**
   * Looks for an option that means nothing to the verb that was asked for.
   *
   * @throws ParameterException if there is one
   */
  public static void check(ParseResult parsed) {
    ParseResult verb = parsed;
    List<ParseResult> levels = new ArrayList<>(List.of(parsed));
    while (verb.hasSubcommand()) {
      verb = verb.subcommand();
      levels.add(verb);
    }
    if (verb.isUsageHelpRequested() || verb.isVersionHelpRequested()) {
      return;
    }
    for (String option : without(verb.commandSpec(), false)) {
      if (levels.stream().anyMatch(level -> level.hasMatchedOption(option))) {
        CommandSpec spec = verb.commandSpec();
        throw new ParameterException(
            spec.commandLine(), option + " means nothing to '" + spec.qualifiedName() + "'");
      }
    }
  }

  /** By the annotation of the verb's class. */
  private static List<String> without(CommandSpec verb, boolean remarks) {
    Without without = verb.userObject().getClass().getAnnotation(Without.class);
    List<String> names = new ArrayList<>();
    if (without != null) {
      for (Without.Part part : without.value()) {
        if (remarks || part != Without.Part.REMARKS) {
          names.addAll(part.options());
        }
      }
    }
    return names;
  }
}
