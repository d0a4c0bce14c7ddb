// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.example;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** {@code rxrpc example}: the programs of the module {@code examples}. */
@Command(
    name = "example",
    customSynopsis = {
      "rxrpc example server [[HOST:]PORT] [--plain]",
      "       rxrpc example client [HOST[:PORT]] [--plain]"
    },
    description = {
      "Run the walk-throughs of the RxRPC document, beside each other.",
      "They use AF_RXRPC-style sockets with a key, and print each numbered step of the document",
      "with the control messages and flags seen. --plain shows the same in the idiomatic API.",
      "The sources to learn from are in examples/."
    },
    commandListHeading = "%nSubverbs:%n",
    footer = {
      "",
      "Examples:",
      "  rxrpc example server        in one terminal",
      "  rxrpc example client        in another"
    })
final class ExampleCommand implements Callable<Integer> {
  private static final Set<String> REFUSED = Set.of("--pcap", "--port-kind", "--json", "--set");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final RootCommand root;

  ExampleCommand(RootCommand root) {
    this.root = root;
  }

  /** Hangs the subverbs below the verb. */
  static CommandLine line(RootCommand root) {
    CommandLine line =
        new CommandLine(new ExampleCommand(root))
            .addSubcommand(new ExampleServerCommand(root))
            .addSubcommand(new ExampleClientCommand(root));
    hideOptions(line);
    return line;
  }

  /** What {@link #checkOptions} refuses is not offered either. */
  private static void hideOptions(CommandLine line) {
    line.getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            help ->
                help.optionListExcludingGroups(
                    help.commandSpec().options().stream()
                        .filter(option -> !REFUSED.contains(option.longestName()))
                        .toList()));
    line.getSubcommands().values().forEach(ExampleCommand::hideOptions);
  }

  /** The programs are as one would write them: they open their ports by themselves. */
  static void checkOptions(RootCommand root) throws CommandFailure {
    if (root.pcap() != null || root.portKind() != null || root.json() || root.setsTunables()) {
      throw CommandFailure.usage("example takes no --pcap, --port-kind, --json and --set");
    }
  }

  @Override
  public Integer call() throws CommandFailure {
    spec.commandLine().usage(root.streams().err());
    throw CommandFailure.usage("example needs server or client");
  }
}
