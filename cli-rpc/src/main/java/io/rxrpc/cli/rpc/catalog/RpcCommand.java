// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rxrpc rpc}: the procedures that 'call' knows by name. */
@Command(
    name = "rpc",
    customSynopsis = {
      "rxrpc rpc list [SERVICE...] [options]",
      "       rxrpc rpc show PROCEDURE... [options]"
    },
    description = {
      "Tell which procedures the services of AFS have, and what each of them takes.",
      "'rxrpc call HOST/SERVICE PROCEDURE NAME=VALUE...' calls them."
    },
    commandListHeading = "%nSubverbs:%n",
    footer = {
      "",
      "Examples:",
      "  rxrpc rpc list vl",
      "  rxrpc rpc show vl.GetEntryByNameU",
      "  rxrpc call afsdb1.example.org/vl GetEntryByNameU name=root.cell"
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class RpcCommand implements Callable<Integer> {
  private final RootCommand root;

  @Spec private CommandSpec spec = CommandSpec.create();

  private RpcCommand(RootCommand root) {
    this.root = root;
  }

  /** Hangs the subverbs below the verb. */
  static CommandLine line(RootCommand root) {
    return new CommandLine(new RpcCommand(root))
        .addSubcommand(new RpcListCommand(root))
        .addSubcommand(new RpcShowCommand(root));
  }

  @Override
  public Integer call() throws CommandFailure {
    spec.commandLine().usage(root.streams().err());
    throw CommandFailure.usage("rpc needs list or show");
  }
}
