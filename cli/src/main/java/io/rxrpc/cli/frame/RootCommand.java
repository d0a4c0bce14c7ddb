// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.frame;

import io.rxrpc.cli.text.Similar;
import io.rxrpc.cli.text.WordConverter;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code rxrpc} itself: the options that every verb has, and the short help. */
@Command(
    name = "rxrpc",
    customSynopsis = "rxrpc VERB [TARGET] [WHAT] [options]",
    description = {
      "",
      "Speak RxRPC, the transport of AFS and of Linux AF_RXRPC, from a command line.",
      "TARGET is HOST[:PORT][/SERVICE], IPv6 as [::1]:7003/52; a service is a number or",
      "a name, and a name brings its port: localhost/vl is localhost:7003/52.",
      "Names: fs cb pt vl ka katgs kam vol bos upd rxperf budb butc vote disk stats."
    },
    optionListHeading = "%nOptions of every verb:%n",
    commandListHeading = "%nVerbs (rxrpc VERB --help tells more):%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rxrpc demo",
      "  rxrpc serve 7003/52 --echo",
      "  rxrpc call localhost:7003/52 --text hello",
      "  rxrpc call afsdb1.example.org/vl GetEntryByNameU name=root.cell",
      "  rxrpc perf local --rpc --parallel 16",
      "  rxrpc debug afsdb1.example.org:7003 version",
      "",
      "Exit codes:",
      "  0 done: a reply came        1 a defect of this program",
      "  2 usage, or a local file    3 the peer aborted the call",
      "  4 network error             5 no answer in time",
      "  6 refused here (no credentials, security level too low)",
      "",
      "RXRPC_* environment variables and system properties set tunables,",
      "RXRPC_JAVA_OPTIONS the options of the JVM; RXRPC_DEBUG=1 shows the stack traces",
      "of errors."
    })
public final class RootCommand implements Callable<Integer> {
  private final Streams streams;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Write what is sent and received to FILE, for Wireshark.")
  private @Nullable Path pcap;

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Print a line for each packet sent and received, on stderr.")
  private boolean trace;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No progress and no remarks; only results and errors.")
  private boolean quiet;

  @Option(
      names = "--port-kind",
      paramLabel = "linux|nio|auto",
      scope = ScopeType.INHERIT,
      converter = PortKindText.class,
      description = "Which UDP port to use; auto takes linux where it works.")
  private Choice portKind = Choice.AUTO;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      scope = ScopeType.INHERIT,
      description = "Set a tunable, may be repeated; 'rxrpc tunables' lists them.")
  private Map<String, String> set = new LinkedHashMap<>();

  /** For one run on these streams. */
  public RootCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    streams
        .out()
        .println(
            """
            rxrpc speaks RxRPC, the transport of AFS and of Linux AF_RXRPC.

              rxrpc demo                                   see it work, in one process
              rxrpc serve 7003/52 --echo                   a server
              rxrpc call localhost:7003/52 --text hello    a call
              rxrpc perf local --rpc --parallel 16         how fast
              rxrpc example server (and client)            the RxRPC document, step by step
              rxrpc debug HOST:PORT version                what a server calls itself
              rxrpc rpc list vl                            what a service of AFS can do
              rxrpc klog USER@REALM --cell CELL            a token, for secured calls
              rxrpc tunables                               what can be tuned

            rxrpc --help tells more, rxrpc VERB --help all of a verb.\
            """);
    return ExitCode.OK;
  }

  /** Where it reads and writes. */
  public Streams streams() {
    return streams;
  }

  /** Whether the result shall be JSON. */
  public boolean json() {
    return json;
  }

  /** Whether only results and errors are wanted. */
  public boolean quiet() {
    return quiet;
  }

  /** The file for the packets, or null. */
  public @Nullable Path pcap() {
    return pcap;
  }

  /** Whether a line for each packet is wanted. */
  public boolean trace() {
    return trace;
  }

  /** The port to use, or null to let the library choose. */
  public @Nullable PortKind portKind() {
    return switch (portKind) {
      case AUTO -> null;
      case LINUX -> PortKind.LINUX;
      case NIO -> PortKind.NIO;
    };
  }

  /** Whether {@code --set} was given. */
  public boolean setsTunables() {
    return !set.isEmpty();
  }

  /** What a verb sets unless the user has said otherwise. */
  public void preset(Tunable tunable, String value) {
    boolean said = set.keySet().stream().anyMatch(name -> Tunable.find(name) == tunable);
    if (!said
        && System.getProperty(tunable.propertyName()) == null
        && System.getenv(tunable.propertyName()) == null) {
      set.put(tunable.optionName(), value);
    }
  }

  /** The tunables of the environment, with what {@code --set} says. */
  public Tunables tunables() throws CommandFailure {
    try {
      Tunables result = Tunables.fromProperties();
      for (Map.Entry<String, String> e : set.entrySet()) {
        Tunable tunable = Tunable.find(e.getKey());
        if (tunable == null) {
          throw CommandFailure.usage(
              "no tunable is called '"
                  + e.getKey()
                  + "'"
                  + Similar.hint(e.getKey(), tunableNames())
                  + "; 'rxrpc tunables' lists them");
        }
        result = result.with(tunable, e.getValue());
      }
      return result;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, "tunable " + e.getMessage(), e);
    }
  }

  /** The names of all tunables, as {@code --set} takes them. */
  public static List<String> tunableNames() {
    return Arrays.stream(Tunable.values()).map(Tunable::optionName).toList();
  }

  /** The version of this program, {@code development} outside its module. */
  public static String programVersion() {
    ModuleDescriptor module = RootCommand.class.getModule().getDescriptor();
    return module == null ? "development" : module.rawVersion().orElse("development");
  }

  /** What {@code --port-kind} takes. */
  enum Choice {
    AUTO,
    LINUX,
    NIO
  }

  /** Reads a {@link Choice} in lower case. */
  static final class PortKindText extends WordConverter<Choice> {
    PortKindText() {
      super(Choice.values(), WordConverter::lowerCase);
    }
  }

  /** What {@code --version} prints. */
  public static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "rxrpc "
            + programVersion()
            + " (Java "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ")"
      };
    }
  }
}
