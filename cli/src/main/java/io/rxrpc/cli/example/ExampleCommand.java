// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.example;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
@Without({Part.PACKETS, Part.TUNABLES, Part.JSON, Part.REMARKS})
final class ExampleCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final RootCommand root;

  ExampleCommand(RootCommand root) {
    this.root = root;
  }

  /** Hangs the subverbs below the verb. */
  static CommandLine line(RootCommand root) {
    return new CommandLine(new ExampleCommand(root))
        .addSubcommand(new ExampleServerCommand(root))
        .addSubcommand(new ExampleClientCommand(root));
  }

  @Override
  public Integer call() throws CommandFailure {
    spec.commandLine().usage(root.streams().err());
    throw CommandFailure.usage("example needs server or client");
  }
}
