// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Streams;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The command with all of its verbs, for tests that look at each. */
public final class EveryVerb {
  private EveryVerb() {}

  /** The command, to look at or to parse with. */
  public static CommandLine command() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Rxrpc.allVerbs(
        new RootCommand(
            new Streams(nowhere, nowhere, new ByteArrayInputStream(new byte[0]), false, false)));
  }

  /** The command itself, its verbs and their subverbs. */
  public static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    add(command(), all);
    return all;
  }

  /** The words behind {@code rxrpc} that name it. */
  public static String words(CommandLine line) {
    return line.getCommandSpec().qualifiedName().replaceFirst("^rxrpc ?", "");
  }

  private static void add(CommandLine line, List<CommandLine> all) {
    all.add(line);
    line.getSubcommands().values().forEach(below -> add(below, all));
  }
}
