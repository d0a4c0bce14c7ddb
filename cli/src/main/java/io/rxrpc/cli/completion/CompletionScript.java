// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.completion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A script that has a shell complete the command. It is the same whenever it is made: what changes
 * while it is in use (keys, cells) it asks the command for.
 */
public enum CompletionScript {
  /** For bash 4.2 and later, with or without the package bash-completion. */
  BASH,
  /** For zsh 5; the file is called {@code _rxrpc}. */
  ZSH,
  /** For fish 3. */
  FISH;

  private static final String TABLE = "# table\n";

  /** The text. */
  public String text(CommandLine command, KnownWords known) {
    List<VerbWords> verbs = VerbWords.all(command);
    return switch (this) {
      case BASH -> frame("completion.bash").replace(TABLE, table(verbs, known) + shared());
      case ZSH -> frame("completion.zsh").replace(TABLE, table(verbs, known) + shared());
      case FISH -> frame("completion.fish").replace(TABLE, fish(verbs, known));
    };
  }

  /** What bash and zsh do alike; the script that it comes into bears the licence. */
  private static String shared() {
    return frame("completion.sh").replaceFirst("^# SPDX.*\n+", "");
  }

  private static String frame(String name) {
    try (InputStream in = CompletionScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the module has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the module's " + name + " cannot be read", e);
    }
  }

  /** Functions that answer by setting variables; bash and zsh both read them. */
  private static String table(List<VerbWords> verbs, KnownWords known) {
    StringBuilder out = new StringBuilder("_rxrpc_verb() { # PATH\n  case $1 in\n");
    for (VerbWords verb : verbs) {
      out.append("  '").append(verb.path()).append("')\n");
      variable(out, "subverbs", verb.subverbs());
      variable(out, "options", verb.optionNames());
      variable(out, "valued", verb.valued());
      variable(out, "places", verb.places().stream().map(VerbWords::code).toList());
      out.append("    ;;\n");
    }
    out.append("  *) return 1 ;;\n  esac\n}\n\n");
    out.append("_rxrpc_procedures() { # SERVICE\n  case $1 in\n");
    new TreeMap<>(known.procedures())
        .forEach(
            (service, names) -> {
              out.append("  ").append(service).append(")\n");
              variable(out, "procedures", names);
              out.append("    ;;\n");
            });
    List<String> all =
        known.procedures().values().stream().flatMap(List::stream).distinct().sorted().toList();
    out.append("  *)\n");
    variable(out, "procedures", all);
    out.append("    ;;\n  esac\n}\n\n");
    out.append("_rxrpc_services='").append(String.join(" ", known.services())).append("'\n");
    out.append("_rxrpc_tunables='").append(String.join(" ", known.tunables())).append("'\n\n");
    return out.toString();
  }

  private static void variable(StringBuilder out, String name, List<String> words) {
    out.append("    ").append(name).append("='").append(String.join(" ", words)).append("'\n");
  }

  private static String fish(List<VerbWords> verbs, KnownWords known) {
    StringBuilder out = new StringBuilder("set -g __rxrpc_verbs");
    verbs.stream()
        .filter(verb -> !verb.path().isEmpty())
        .forEach(verb -> out.append(" '").append(verb.path()).append("'"));
    out.append("\nset -g __rxrpc_services ").append(String.join(" ", known.services()));
    out.append("\nset -g __rxrpc_tunables ").append(String.join(" ", known.tunables()));
    out.append("\nset -g __rxrpc_valued");
    verbs.stream()
        .flatMap(verb -> verb.options().stream())
        .filter(VerbWords::takesValue)
        .flatMap(option -> List.of(option.names()).stream())
        .distinct()
        .sorted()
        .forEach(name -> out.append(' ').append(name));
    out.append("\n\nfunction __rxrpc_procedures_of\n  switch $argv[1]\n");
    new TreeMap<>(known.procedures())
        .forEach(
            (service, names) ->
                out.append("    case ")
                    .append(service)
                    .append("\n      printf '%s\\n' ")
                    .append(String.join(" ", names))
                    .append('\n'));
    out.append("  end\nend\n\n");
    for (VerbWords verb : verbs) {
      String at = "complete -c rxrpc -n \"__rxrpc_at '" + verb.path() + "'\"";
      for (String below : verb.subverbs()) {
        String path = verb.path().isEmpty() ? below : verb.path() + " " + below;
        String summary =
            verbs.stream()
                .filter(other -> other.path().equals(path))
                .map(VerbWords::summary)
                .collect(Collectors.joining());
        out.append(at).append(" -f -a ").append(below).append(described(summary)).append('\n');
      }
      int index = 0;
      for (ValueKind place : verb.places()) {
        String where = " -n \"__rxrpc_place '" + verb.path() + "' " + index++ + "\"";
        String words = fishWords(place);
        if (!words.isEmpty()) {
          out.append("complete -c rxrpc").append(where).append(words).append('\n');
        }
      }
      verb.options().forEach(option -> out.append(at).append(fish(option)).append('\n'));
    }
    return out.toString();
  }

  private static String fish(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    names.sort(Comparator.comparingInt(String::length));
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      String letter = name.startsWith("--") ? " -l " : name.length() == 2 ? " -s " : " -o ";
      out.append(letter).append(name.replaceFirst("^--?", ""));
    }
    if (VerbWords.takesValue(option)) {
      String words = fishWords(ValueKind.of(option));
      out.append(words.isEmpty() ? " -x" : " -r" + words);
    } else {
      out.append(" -f");
    }
    return out + described(VerbWords.sentence(option.description()));
  }

  private static String fishWords(ValueKind kind) {
    return switch (kind.word()) {
      case "file" -> " -F";
      case "nothing" -> "";
      case "words" -> " -f -a '" + String.join(" ", kind.words()) + "'";
      default -> " -f -a '(__rxrpc_" + kind.word() + "s)'";
    };
  }

  private static String described(String text) {
    return text.isEmpty() ? "" : " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The shell of that name, {@code bash} and so on. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
