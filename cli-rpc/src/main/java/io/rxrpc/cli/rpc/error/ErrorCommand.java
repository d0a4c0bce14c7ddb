// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.error;

import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.text.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rxrpc error}: what the numbers mean that calls fail with. */
@Command(
    name = "error",
    customSynopsis = "rxrpc error NUMBER|NAME... [options]",
    description = {
      "Tell what an error means that a call failed with, by its number or its name.",
      "All meanings of a number are told, the most likely first, and what else has the name.",
      "Numbers are decimal or 0x hexadecimal, signed or not. With --json an object for each."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc error 363524",
      "  rxrpc error VL_NOENT",
      "  rxrpc error -455 110 EACCES --json"
    })
@Without({Part.PACKETS, Part.TUNABLES, Part.REMARKS})
final class ErrorCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      arity = "1..*",
      paramLabel = "NUMBER|NAME",
      completionCandidates = Names.class,
      description = "A number or name of an error; several may be given.")
  private List<String> wanted = new ArrayList<>();

  private ErrorCommand(RootCommand root) {
    this.root = root;
  }

  /** A number may begin with a minus. */
  static CommandLine line(RootCommand root) {
    return new CommandLine(new ErrorCommand(root)).setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws CommandFailure {
    List<ErrorSheet> sheets = new ArrayList<>();
    for (String text : wanted) {
      sheets.add(ErrorSheet.of(text));
    }
    PrintStream out = root.streams().out();
    for (ErrorSheet sheet : sheets) {
      if (root.json()) {
        Json.print(out, sheet.json());
      } else {
        sheet.lines().forEach(out::println);
      }
    }
    return ExitCode.OK;
  }

  /** The names of all errors, for a shell to complete. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return AfsErrors.allNames().stream().distinct().iterator();
    }
  }
}
