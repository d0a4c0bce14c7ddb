// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.key;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rxrpc key}: keys by their descriptions. */
@Command(
    name = "key",
    customSynopsis = "rxrpc key add|list|show|revoke [DESCRIPTION] [options]",
    description = {
      "Keep keys for calls by name, where 'call --key DESCRIPTION' finds them.",
      "The tokens of cells are such keys too: theirs are called afs@CELL."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc key add test --file key.bin",
      "  rxrpc key list",
      "  rxrpc key revoke test"
    })
@Without({Part.PACKETS, Part.TUNABLES})
final class KeyCommand implements Callable<Integer> {
  private final RootCommand root;

  @Spec private CommandSpec spec = CommandSpec.create();

  private KeyCommand(RootCommand root) {
    this.root = root;
  }

  /** Hangs the subverbs below the verb. */
  static CommandLine line(RootCommand root) {
    return new CommandLine(new KeyCommand(root))
        .addSubcommand(new KeyAddCommand(root))
        .addSubcommand(new KeyListCommand(root))
        .addSubcommand(new KeyShowCommand(root))
        .addSubcommand(new KeyRevokeCommand(root));
  }

  @Override
  public Integer call() throws CommandFailure {
    spec.commandLine().usage(root.streams().err());
    throw CommandFailure.usage("key needs add, list, show or revoke");
  }
}
