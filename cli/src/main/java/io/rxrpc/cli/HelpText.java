// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Makes the help of the verbs fit a terminal that nobody has made wider. Sentences flow over the
 * lines they were written in; lines that begin with a space, as examples do, stay as they are.
 */
final class HelpText {
  static final int WIDTH = 80;

  private static final String BEFORE_SYNOPSIS = "Usage: ";

  private HelpText() {}

  /** For a verb and its subverbs. */
  static void fit(CommandLine line) {
    UsageMessageSpec text = line.getCommandSpec().usageMessage();
    text.description(flow(text.description()));
    text.footer(flow(text.footer()));
    text.customSynopsis(wrap(text.customSynopsis()));
    line.setUsageHelpWidth(WIDTH);
    line.getSubcommands().values().forEach(HelpText::fit);
  }

  private static String[] flow(String[] lines) {
    List<String> flowing = new ArrayList<>();
    StringBuilder sentence = new StringBuilder();
    for (String line : lines) {
      boolean stays = line.isEmpty() || line.startsWith(" ") || line.startsWith("Example");
      if (stays && !sentence.isEmpty()) {
        flowing.add(sentence.toString());
        sentence.setLength(0);
      }
      if (stays) {
        flowing.add(line);
      } else {
        sentence.append(sentence.isEmpty() ? "" : " ").append(line);
      }
    }
    if (!sentence.isEmpty()) {
      flowing.add(sentence.toString());
    }
    return flowing.toArray(String[]::new);
  }

  private static String[] wrap(String[] synopsis) {
    int room = WIDTH - BEFORE_SYNOPSIS.length();
    List<String> wrapped = new ArrayList<>();
    for (String line : synopsis) {
      String rest = line;
      while (rest.length() > room) {
        int space = rest.lastIndexOf(' ', room);
        if (space <= BEFORE_SYNOPSIS.length()) {
          break;
        }
        wrapped.add(rest.substring(0, space));
        rest = " ".repeat(BEFORE_SYNOPSIS.length() + 4) + rest.substring(space + 1);
      }
      wrapped.add(rest);
    }
    return wrapped.toArray(String[]::new);
  }
}
