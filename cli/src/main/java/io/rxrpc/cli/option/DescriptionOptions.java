// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.option;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.cli.typed.Interfaces;
import io.rxrpc.cli.typed.RefusedException;
import io.rxrpc.rpc.ErrorTable;
import io.rxrpc.rpc.ErrorTables;
import io.rxrpc.rxgen.DescriptionReader;
import io.rxrpc.rxgen.model.Description;
import io.rxrpc.rxgen.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The descriptions of interfaces that a verb goes by, and the names of their error codes. */
public final class DescriptionOptions {
  @Option(
      names = "--xg",
      paramLabel = "FILE",
      description = "The description of the interface, an .xg or .rg file; may be repeated.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "-I",
      paramLabel = "DIR",
      description = "With --xg: look for included files there, too; may be repeated.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "NAME[=VALUE]",
      description = "With --xg: define a macro, 1 without a value; may be repeated.")
  private List<String> macros = new ArrayList<>();

  @Option(
      names = "--errors",
      paramLabel = "FILE",
      description =
          "With --xg: the service's error table, as compile_et takes it (.et); may be repeated.")
  private List<Path> tables = new ArrayList<>();

  /** Whether there is a description. */
  public boolean isGiven() {
    return !files.isEmpty();
  }

  /** Refuses what means nothing without a description. */
  public void refuseAlone() throws CommandFailure {
    refuseForKnown();
    if (!tables.isEmpty()) {
      throw CommandFailure.usage("--errors needs --xg FILE");
    }
  }

  /** Refuses what means nothing for a service that is known. */
  public void refuseForKnown() throws CommandFailure {
    if (!folders.isEmpty() || !macros.isEmpty()) {
      throw CommandFailure.usage((folders.isEmpty() ? "-D" : "-I") + " needs --xg FILE");
    }
  }

  /** The procedures. What is wrong with a description is told on stderr, a line for each. */
  public Interfaces read(RootCommand root) throws CommandFailure {
    DescriptionReader reader = DescriptionReader.of(folders, defined());
    List<Description> descriptions = new ArrayList<>();
    for (Path file : files) {
      DescriptionReader.Result result;
      try {
        result = reader.read(file);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.USAGE, "cannot read the description " + FailureReport.file(e, file), e);
      }
      Description description = result.description();
      for (Problem problem : result.problems()) {
        if (description == null || !root.quiet()) {
          root.streams().err().println("rxrpc: " + problem);
        }
      }
      if (description == null) {
        throw CommandFailure.usage(file + ": the description is wrong; nothing was done");
      }
      descriptions.add(description);
    }
    try {
      return Interfaces.of(descriptions, Similar::hint);
    } catch (RefusedException e) {
      throw new CommandFailure(ExitCode.USAGE, e.line(), e);
    }
  }

  /**
   * The names of the codes that calls fail with.
   *
   * @param known those that are known without these options
   */
  public ErrorTables errors(ErrorTables known) throws CommandFailure {
    ErrorTables all = known;
    for (Path file : tables) {
      try {
        all = all.with(ErrorTable.parse(Files.readString(file)));
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.USAGE, "cannot read the error table " + FailureReport.file(e, file), e);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(ExitCode.USAGE, file + ": " + e.getMessage(), e);
      }
    }
    return all;
  }

  private Map<String, String> defined() throws CommandFailure {
    Map<String, String> defined = new LinkedHashMap<>();
    for (String macro : macros) {
      int equals = macro.indexOf('=');
      String name = equals < 0 ? macro : macro.substring(0, equals);
      if (!name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
        throw CommandFailure.usage("-D " + macro + ": '" + name + "' is no name of a macro");
      }
      defined.put(name, equals < 0 ? "1" : macro.substring(equals + 1));
    }
    return defined;
  }
}
