// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.dump;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc afsdump cat}: one file of a dump. */
@Command(
    name = "cat",
    customSynopsis = "rxrpc afsdump cat FILE PATH [options]",
    description = {
      "Print a file that is in the dump of a volume, as it is. Symlinks are followed within",
      "the volume."
    },
    footer = {"", "Example: rxrpc afsdump cat user.anna.dump /letters/1.txt"})
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class DumpCatCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(index = "0", paramLabel = "FILE", description = "The dump, or '-' for stdin.")
  private Path file = Path.of("-");

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "The file, from the root of the volume.")
  private String path = "";

  DumpCatCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    if (root.json()) {
      throw CommandFailure.usage("cat prints the file as it is: leave --json out");
    }
    return new DumpFile(root, file)
        .run(
            dump -> {
              dump.cat(path, root.streams().out());
              return ExitCode.OK;
            });
  }
}
