// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rxgen.command;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code rxgen} command. */
public final class Rxgen {
  private Rxgen() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Charset charset = Charset.defaultCharset();
    PrintWriter out = new PrintWriter(System.out, true, charset);
    PrintWriter err = new PrintWriter(System.err, true, charset);
    System.exit(run(out, err, args));
  }

  /** The command, to look at: its manual page is made of it. */
  public static CommandLine line(PrintWriter out, PrintWriter err) {
    return new CommandLine(new RxgenCommand(out, err)).setUsageHelpWidth(80);
  }

  /** Runs the command; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = line(out, err);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(out);
    line.setErr(err);
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler(
        (e, given) -> {
          err.println("rxgen: " + e.getMessage() + " (rxgen --help lists the options)");
          return RxgenCommand.USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          err.println("rxgen: a defect of this program: " + e);
          return RxgenCommand.DEFECT;
        });
    int code = line.execute(args);
    out.flush();
    err.flush();
    return code;
  }
}
