// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a guide shows with what they print: those of the block behind a mark.
 *
 * @param line the words behind {@code $ rxrpc}
 * @param output all lines up to the next command
 */
public record GuideCommands(String line, String output) {
  private static final Pattern COMMAND = Pattern.compile("\\$ rxrpc (.*)\n((?:(?!\\$ ).*\n)*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /**
   * The commands of a block.
   *
   * @param guide below docs
   * @param mark what stands in the comment before the block
   */
  public static List<GuideCommands> of(String guide, String mark) throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    Matcher block =
        Pattern.compile("<!-- " + Pattern.quote(mark) + " -->\n```\\w*\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(project.resolve("docs").resolve(guide)));
    if (!block.find()) {
      throw new IllegalArgumentException(guide + " has no block with the mark " + mark);
    }
    List<GuideCommands> commands = new ArrayList<>();
    Matcher command = COMMAND.matcher(block.group(1));
    while (command.find()) {
      commands.add(new GuideCommands(command.group(1), command.group(2)));
    }
    return commands;
  }

  /** Runs it, with other words in place of some. */
  public CommandRun run(UnaryOperator<String> other) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String quoted = word.group(1);
      // a quotation mark may also stand within a word, as in a shell
      words.add(other.apply(quoted == null ? word.group(2) : quoted));
    }
    return CommandRun.of(words.toArray(String[]::new));
  }
}
