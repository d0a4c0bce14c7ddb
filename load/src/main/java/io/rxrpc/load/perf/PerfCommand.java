// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rxrpc perf}: its subverbs. */
@Command(
    name = "perf",
    customSynopsis = {
      "rxrpc perf local --send|--recv|--rpc [options]",
      "       rxrpc perf client HOST:PORT --send|--recv|--rpc [options]",
      "       rxrpc perf server [HOST:]PORT [options]"
    },
    description = {
      "Measure rates and latencies.",
      "By the rxperf protocol (service 147, port 7009), which OpenAFS's rxperf and the rxperf",
      "of Linux speak too, each in its own way: the server takes both, and the client finds",
      "out by its first call which one it speaks with."
    },
    commandListHeading = "%nSubverbs:%n",
    footer = {
      "",
      "Examples:",
      "  rxrpc perf local --rpc --parallel 16",
      "  rxrpc perf local --send --bytes 1GiB --json",
      "  rxrpc perf server *:7009",
      "  rxrpc perf client fs1:7009 --recv --bytes 64MiB --calls 4 --parallel 4"
    })
final class PerfCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final RootCommand root;

  PerfCommand(RootCommand root) {
    this.root = root;
  }

  /** Hangs the subverbs below the verb. */
  static CommandLine line(RootCommand root) {
    return new CommandLine(new PerfCommand(root))
        .addSubcommand(new PerfClientCommand(root))
        .addSubcommand(new PerfServerCommand(root))
        .addSubcommand(new PerfLocalCommand(root));
  }

  @Override
  public Integer call() throws CommandFailure {
    spec.commandLine().usage(root.streams().err());
    throw CommandFailure.usage("perf needs client, server or local");
  }
}
