// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.afs.dump.DumpReport;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.text.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc afsdump check}: whether a dump is whole and sound. */
@Command(
    name = "check",
    customSynopsis = "rxrpc afsdump check FILE [options]",
    description = {
      "Check the dump of a volume: whether it is whole, whether its directories lead to",
      "everything in it and nowhere else, link counts, access lists, and its own counts."
    },
    footer = {
      "",
      "Example: vos dump user.anna | rxrpc afsdump check -",
      "",
      "Exit codes: 0 the dump is sound, 2 it is damaged or cannot be read."
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class DumpCheckCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "FILE", description = "The dump, or '-' for stdin.")
  private Path file = Path.of("-");

  DumpCheckCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    DumpReport report = new DumpFile(root, file).run(dump -> dump.check());
    if (root.json()) {
      Json.print(root.streams().out(), DumpReports.json(report));
    } else {
      DumpReports.lines(report).forEach(root.streams().out()::println);
    }
    return report.sound() ? ExitCode.OK : ExitCode.USAGE;
  }
}
