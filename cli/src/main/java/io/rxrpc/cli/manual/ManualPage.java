// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.manual;

import io.rxrpc.cli.frame.VerbOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command or verb.
 *
 * @param name as {@code man} is asked for it: {@code rxrpc-perf-client}
 * @param text in roff
 */
public record ManualPage(String name, String text) {
  /** Where the page is in a folder of manual pages. */
  public String file() {
    return name + ".1";
  }

  /**
   * The page of one verb.
   *
   * @param line the verb, with all of its subverbs
   * @param source the program and its version
   */
  public static ManualPage of(CommandLine line, String source) {
    return new ManualPage(name(line), new Writer(line, source).page());
  }

  /** The pages of a command and of everything below it. */
  public static List<ManualPage> all(CommandLine line, String source) {
    List<ManualPage> pages = new ArrayList<>();
    pages.add(of(line, source));
    line.getSubcommands().values().forEach(verb -> pages.addAll(all(verb, source)));
    return pages;
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName("-");
  }

  /** Puts one page together. */
  private static final class Writer {
    /** Help that had to divide a form begins its further lines with more than the first. */
    private static final String CONTINUED = " ".repeat(11);

    private final CommandLine line;
    private final CommandSpec spec;
    private final UsageMessageSpec usage;
    private final Roff roff;

    Writer(CommandLine line, String source) {
      this.line = line;
      this.spec = line.getCommandSpec();
      this.usage = spec.usageMessage();
      this.roff = new Roff(name(line), source);
    }

    String page() {
      List<String> description = shown(usage.description());
      roff.section("NAME");
      roff.line(Roff.plain(name(line)) + " \\- " + Roff.plain(summary(description)));
      roff.section("SYNOPSIS");
      synopsis().forEach(roff::paragraph);
      roff.section("DESCRIPTION");
      flowing(description);
      subverbs();
      arguments();
      options();
      footer();
      seeAlso();
      return roff.toString();
    }

    /** Each form in one line, as it was before the help divided it. */
    private List<String> synopsis() {
      List<String> forms = new ArrayList<>();
      for (String text : usage.customSynopsis()) {
        if (text.startsWith(CONTINUED) && !forms.isEmpty()) {
          forms.add(forms.removeLast() + " " + text.strip());
        } else {
          forms.add(text.strip());
        }
      }
      return forms;
    }

    private static String summary(List<String> description) {
      String text =
          String.join(" ", description.stream().filter(l -> !l.isBlank()).toList()).strip();
      int end = text.indexOf(". ");
      String sentence = end < 0 ? text : text.substring(0, end);
      return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** As picocli shows it: with the values of its variables, and %n as an end of line. */
    private List<String> shown(String... lines) {
      List<String> shown = new ArrayList<>();
      for (String text : lines) {
        for (String one : text.formatted().split("\\R", -1)) {
          shown.add(one);
        }
      }
      return shown;
    }

    /** Lines that begin with a space stay as they are. */
    private void flowing(List<String> lines) {
      List<String> kept = new ArrayList<>();
      for (String text : lines) {
        if (text.startsWith(" ")) {
          kept.add(text.strip());
          continue;
        }
        flush(kept);
        if (!text.isBlank()) {
          roff.paragraph(text);
        }
      }
      flush(kept);
    }

    private void flush(List<String> kept) {
      if (!kept.isEmpty()) {
        roff.verbatim(kept);
        kept.clear();
      }
    }

    private void subverbs() {
      if (line.getSubcommands().isEmpty()) {
        return;
      }
      roff.section(spec.parent() == null ? "VERBS" : "SUBVERBS");
      for (CommandLine below : line.getSubcommands().values()) {
        roff.item(
            Roff.bold(name(below)) + "(1)",
            summary(shown(below.getCommandSpec().usageMessage().description())) + ".");
      }
    }

    private void arguments() {
      List<PositionalParamSpec> arguments =
          spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
      if (arguments.isEmpty()) {
        return;
      }
      roff.section("ARGUMENTS");
      for (PositionalParamSpec argument : arguments) {
        roff.item(
            Roff.italic(argument.paramLabel()), String.join(" ", shown(argument.description())));
      }
    }

    private void options() {
      roff.section("OPTIONS");
      for (OptionSpec option : VerbOptions.of(spec)) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
          names.add(Roff.bold(name));
        }
        String value =
            option.arity().max() == 0
                ? ""
                : (option.longestName().startsWith("--") ? "=" : " ")
                    + Roff.italic(option.paramLabel());
        roff.item(String.join(", ", names) + value, described(option));
      }
    }

    private String described(OptionSpec option) {
      String standard = option.defaultValue();
      return String.join(" ", shown(option.description()))
          .replace("${DEFAULT-VALUE}", standard == null ? "none" : standard);
    }

    /** Each part under a heading of its own; those of all verbs stand at the end of every page. */
    private void footer() {
      Map<String, List<String>> parts = parts(shown(usage.footer()));
      CommandSpec root = spec.root();
      if (spec.parent() != null) {
        parts(shown(root.usageMessage().footer()))
            .forEach(
                (title, lines) -> {
                  if (!title.equals("EXAMPLES")) {
                    parts.putIfAbsent(title, lines);
                  }
                });
      }
      parts.forEach(
          (title, lines) -> {
            roff.section(title);
            flowing(lines);
          });
    }

    private static Map<String, List<String>> parts(List<String> lines) {
      Map<String, List<String>> parts = new LinkedHashMap<>();
      String title = "NOTES";
      for (String text : lines) {
        String rest = text;
        if (text.startsWith("Example")) {
          title = "EXAMPLES";
          String behind = text.substring(text.indexOf(':') + 1).strip();
          rest = behind.isEmpty() ? "" : "  " + behind;
        } else if (text.startsWith("Exit codes")) {
          title = "EXIT STATUS";
          rest = text.substring(text.indexOf(':') + 1).strip();
        } else if (text.startsWith("RXRPC_")) {
          title = "ENVIRONMENT";
        }
        if (!rest.isBlank()) {
          parts.computeIfAbsent(title, key -> new ArrayList<>()).add(rest);
        }
      }
      return parts;
    }

    private void seeAlso() {
      List<String> pages = new ArrayList<>();
      if (line.getParent() != null) {
        pages.add(name(line.getParent()));
        line.getParent().getSubcommands().values().stream()
            .filter(beside -> !beside.equals(line) && line.getParent().getParent() != null)
            .forEach(beside -> pages.add(name(beside)));
      }
      line.getSubcommands().values().forEach(below -> pages.add(name(below)));
      if (pages.isEmpty()) {
        return;
      }
      roff.section("SEE ALSO");
      roff.line(
          String.join(
              ", ", pages.stream().distinct().map(page -> Roff.bold(page) + "(1)").toList()));
    }
  }
}
