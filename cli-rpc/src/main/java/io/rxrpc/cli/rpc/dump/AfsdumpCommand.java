// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rxrpc afsdump}: dumps of volumes, as 'vos dump' writes them. */
@Command(
    name = "afsdump",
    customSynopsis = {
      "rxrpc afsdump ls FILE [options]",
      "       rxrpc afsdump cat FILE PATH [options]",
      "       rxrpc afsdump check FILE [options]",
      "       rxrpc afsdump extract FILE FOLDER [options]"
    },
    description = {
      "Look into the dump of a volume, as 'vos dump' writes it: list it, print one of its",
      "files, check it, or make its files in a folder. FILE may be '-' for stdin."
    },
    commandListHeading = "%nSubverbs:%n",
    footer = {
      "",
      "Examples:",
      "  rxrpc afsdump ls root.cell.dump",
      "  rxrpc afsdump cat user.anna.dump /letters/1.txt",
      "  vos dump user.anna | rxrpc afsdump check -"
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class AfsdumpCommand implements Callable<Integer> {
  private final RootCommand root;

  @Spec private CommandSpec spec = CommandSpec.create();

  private AfsdumpCommand(RootCommand root) {
    this.root = root;
  }

  /** Hangs the subverbs below the verb. */
  static CommandLine line(RootCommand root) {
    return new CommandLine(new AfsdumpCommand(root))
        .addSubcommand(new DumpListCommand(root))
        .addSubcommand(new DumpCatCommand(root))
        .addSubcommand(new DumpCheckCommand(root))
        .addSubcommand(new DumpExtractCommand(root));
  }

  @Override
  public Integer call() throws CommandFailure {
    spec.commandLine().usage(root.streams().err());
    throw CommandFailure.usage("afsdump needs ls, cat, check or extract");
  }
}
