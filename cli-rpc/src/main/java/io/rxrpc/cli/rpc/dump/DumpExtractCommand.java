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

/** {@code rxrpc afsdump extract}: the files of a dump, in a folder. */
@Command(
    name = "extract",
    customSynopsis = "rxrpc afsdump extract FILE FOLDER [options]",
    description = {
      "Make all directories, files and symlinks of the dump of a volume in a folder, which",
      "must be empty or not there. Owners, access lists and mount points are not made."
    },
    footer = {"", "Example: rxrpc afsdump extract user.anna.dump anna"})
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class DumpExtractCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "FILE", description = "The dump, or '-' for stdin.")
  private Path file = Path.of("-");

  @Parameters(index = "1", paramLabel = "FOLDER", description = "Where to make its files.")
  private Path folder = Path.of("");

  DumpExtractCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    DumpReport report = new DumpFile(root, file).run(dump -> dump.extract(folder));
    if (root.json()) {
      Json.print(root.streams().out(), DumpReports.json(report));
    } else {
      DumpReports.remark(root, report);
    }
    return report.sound() ? ExitCode.OK : ExitCode.USAGE;
  }
}
