// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.catalog;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.rpc.builtin.BuiltInProcedure;
import io.rxrpc.cli.rpc.builtin.Catalog;
import io.rxrpc.cli.text.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc rpc show}: what a procedure takes and gives. */
@Command(
    name = "show",
    customSynopsis = "rxrpc rpc show PROCEDURE... [options]",
    description = {
      "Show what a procedure does, who may call it, what it takes and what it gives back.",
      "With --json an object for each procedure, one a line."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc rpc show vl.GetEntryByNameU",
      "  rxrpc rpc show RXAFS_FetchStatus --json"
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class RpcShowCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      arity = "1..*",
      paramLabel = "PROCEDURE",
      completionCandidates = ProcedureNames.class,
      description = "SERVICE.NAME, or the name alone where only one service has it.")
  private List<String> names = new ArrayList<>();

  RpcShowCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure {
    List<BuiltInProcedure> procedures = new ArrayList<>();
    for (String name : names) {
      procedures.add(Catalog.procedure(name));
    }
    PrintStream out = root.streams().out();
    boolean first = true;
    for (BuiltInProcedure procedure : procedures) {
      if (root.json()) {
        Json.print(out, ProcedureSheet.json(procedure));
      } else {
        out.print(first ? "" : "\n\n");
        ProcedureSheet.lines(procedure).forEach(out::println);
      }
      first = false;
    }
    return ExitCode.OK;
  }
}
