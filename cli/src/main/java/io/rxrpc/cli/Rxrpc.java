package io.rxrpc.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code rxrpc} command. */
public final class Rxrpc {
  private static final Map<String, Function<RootCommand, Object>> VERBS = verbs();

  private Rxrpc() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Streams.standard(), args));
  }

  /** Runs the command on these streams, none of them a terminal; returns the exit code. */
  static int run(PrintStream out, PrintStream err, InputStream in, String... args) {
    return run(new Streams(out, err, in, false, false), args);
  }

  static int run(Streams streams, String... args) {
    RootCommand root = new RootCommand(streams);
    Failures failures = new Failures(root);
    CommandLine line = new CommandLine(root);
    boolean known = addVerbs(line, root, args);
    if (!known) {
      VERBS.forEach((name, verb) -> line.addSubcommand(name, verb.apply(root)));
    }
    settle(line, root);
    line.setParameterExceptionHandler((e, given) -> failures.usage(e));
    line.setExecutionExceptionHandler((e, command, result) -> failures.report(e));
    int code = line.execute(args);
    String trouble = streams.outTrouble();
    if (trouble != null && code == ExitCode.OK) {
      code = failures.report(CommandFailure.usage("cannot write the output: " + trouble));
    }
    streams.err().flush();
    return code;
  }

  /** The whole command, for those who want to look at it. */
  static CommandLine allVerbs(RootCommand root) {
    CommandLine line = new CommandLine(new RootCommand(root.streams()));
    VERBS.forEach((name, verb) -> line.addSubcommand(name, verb.apply(root)));
    settle(line, root);
    return line;
  }

  private static void settle(CommandLine line, RootCommand root) {
    answerVersion(line);
    CommandLine example = line.getSubcommands().get("example");
    if (example != null) {
      ExampleCommand.hideOptions(example);
    }
    line.setExpandAtFiles(false); // --text @x means @x
    line.getSubcommands().values().forEach(HelpText::fit);
    line.setUsageHelpWidth(HelpText.WIDTH);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(printer(root.streams().out()));
    line.setErr(printer(root.streams().err()));
  }

  /** The names of all verbs. */
  static List<String> verbNames() {
    return List.copyOf(VERBS.keySet());
  }

  /**
   * Adds only the verbs that stand somewhere in the arguments: looking at all of them by reflection
   * takes longer than a small call.
   */
  private static boolean addVerbs(CommandLine line, RootCommand root, String[] args) {
    boolean any = false;
    for (String arg : args) {
      Function<RootCommand, Object> verb = VERBS.get(arg);
      if (verb != null && !line.getSubcommands().containsKey(arg)) {
        line.addSubcommand(arg, verb.apply(root));
        any = true;
      }
    }
    return any;
  }

  /** Verbs inherit the option, but not the answer. */
  private static void answerVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new RootCommand.Version());
    line.getSubcommands().values().forEach(Rxrpc::answerVersion);
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static Map<String, Function<RootCommand, Object>> verbs() {
    Map<String, Function<RootCommand, Object>> verbs = new LinkedHashMap<>();
    verbs.put("demo", DemoCommand::new);
    verbs.put("call", CallCommand::new);
    verbs.put("serve", ServeCommand::new);
    verbs.put("perf", PerfCommand::line);
    verbs.put("example", ExampleCommand::line);
    verbs.put("soak", SoakCommand::new);
    verbs.put("debug", DebugCommand::new);
    verbs.put("klog", KlogCommand::new);
    verbs.put("tokens", TokensCommand::new);
    verbs.put("unlog", UnlogCommand::new);
    verbs.put("key", KeyCommand::line);
    verbs.put("tunables", TunablesCommand::new);
    verbs.put("completion", CompletionCommand::new);
    verbs.put("help", HelpCommand::new);
    return verbs;
  }
}
