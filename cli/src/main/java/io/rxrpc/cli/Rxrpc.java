// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Streams;
import io.rxrpc.cli.frame.VerbOptions;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceConfigurationError;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code rxrpc} command. */
public final class Rxrpc {
  private static final List<String> VERSION = List.of("--version");

  private Rxrpc() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Streams.standard(), args));
  }

  /** Runs the command on these streams, none of them a terminal; returns the exit code. */
  public static int run(PrintStream out, PrintStream err, InputStream in, String... args) {
    return run(new Streams(out, err, in, false, false), args);
  }

  /** Runs the command on these streams; returns the exit code. */
  public static int run(Streams streams, String... args) {
    RootCommand root = new RootCommand(streams);
    FailureReport failures = new FailureReport(root);
    if (VERSION.equals(
        List.of(args))) { // needs no verb: to look for them takes longer than the rest
      streams.out().println(new RootCommand.Version().getVersion()[0]);
      return ended(streams, failures, ExitCode.OK);
    }
    VerbCatalog verbs;
    try {
      verbs = VerbCatalog.load();
    } catch (ServiceConfigurationError e) {
      return failures.report(
          new CommandFailure(
              ExitCode.BUG, "a module that brings verbs is broken: " + e.getMessage(), e));
    }
    CommandLine line = new CommandLine(root);
    if (!verbs.addNamed(line, root, args)) {
      verbs.addAll(line, root);
    }
    settle(line, root);
    line.setParameterExceptionHandler((e, given) -> failures.usage(e, verbs.names()));
    line.setExecutionExceptionHandler((e, command, result) -> failures.report(e));
    line.setExecutionStrategy(
        parsed -> {
          VerbOptions.check(parsed);
          return new CommandLine.RunLast().execute(parsed);
        });
    return ended(streams, failures, line.execute(args));
  }

  private static int ended(Streams streams, FailureReport failures, int code) {
    String trouble = streams.outTrouble();
    int shown =
        trouble != null && code == ExitCode.OK
            ? failures.report(CommandFailure.usage("cannot write the output: " + trouble))
            : code;
    streams.err().flush();
    return shown;
  }

  /** The whole command, for those who want to look at it. */
  static CommandLine allVerbs(RootCommand root) {
    CommandLine line = new CommandLine(new RootCommand(root.streams()));
    VerbCatalog.load().addAll(line, root);
    settle(line, root);
    return line;
  }

  private static void settle(CommandLine line, RootCommand root) {
    answerVersion(line);
    VerbOptions.settle(line);
    line.setExpandAtFiles(false); // --text @x means @x
    line.getSubcommands().values().forEach(HelpText::fit);
    line.setUsageHelpWidth(HelpText.WIDTH);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(printer(root.streams().out()));
    line.setErr(printer(root.streams().err()));
  }

  /** Verbs inherit the option, but not the answer. */
  private static void answerVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new RootCommand.Version());
    line.getSubcommands().values().forEach(Rxrpc::answerVersion);
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
