// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.text.Similar;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc help VERB}: the same as {@code rxrpc VERB --help}. */
@Command(
    name = "help",
    customSynopsis = "rxrpc help [VERB [SUBVERB]]",
    description = "Show the help of a verb, or of all.",
    footer = {"", "Examples:", "  rxrpc help call", "  rxrpc help perf client"})
final class HelpCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "VERB", description = "The verb, and its subverb.")
  private List<String> names = new ArrayList<>();

  HelpCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    CommandLine line = Rxrpc.allVerbs(root);
    for (String name : names) {
      CommandLine next = line.getSubcommands().get(name);
      if (next == null) {
        String verb = line.getCommandSpec().qualifiedName();
        List<String> known = List.copyOf(line.getSubcommands().keySet());
        throw CommandFailure.usage(
            known.isEmpty()
                ? "'" + verb + "' has no subverbs"
                : "'" + verb + "' has no verb '" + name + "'" + Similar.hint(name, known));
      }
      line = next;
    }
    line.usage(line.getOut());
    return ExitCode.OK;
  }
}
