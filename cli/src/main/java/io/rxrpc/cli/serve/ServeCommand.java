// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import io.rxrpc.CallHandler;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.option.DescriptionOptions;
import io.rxrpc.cli.option.KnownService;
import io.rxrpc.cli.serving.DebugAnswerOption;
import io.rxrpc.cli.serving.ServiceKeyOptions;
import io.rxrpc.cli.serving.Serving;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.SizeText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc serve}: a server with one of five simple answers. */
@Command(
    name = "serve",
    customSynopsis = {
      "rxrpc serve [HOST:]PORT/SERVICE --echo|--discard|--source BYTES|--exec COMMAND [options]",
      "       rxrpc serve [HOST:]PORT/SERVICE --answer FILE [--xg FILE] [options]"
    },
    description = {
      "Serve calls with a simple answer.",
      "Prints 'listening HOST:PORT/SERVICE' when ready. SIGTERM and SIGINT let the running calls",
      "finish; then it prints counters and ends 0."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc serve 7003/52 --echo",
      "  rxrpc serve *:0/52 --source 1GiB         everywhere, on a port that is free",
      "  rxrpc serve 7003/vl --exec 'tr a-z A-Z'",
      "  rxrpc serve 7003/52 --echo --keys /etc/openafs/server --min-level encrypt",
      "  rxrpc serve 7300/52 --answer answers.json --xg sample.xg -v",
      "where answers.json has: {\"Add\": {\"sum\": 3}, \"Locate\": {\"abort\": 2}}"
    })
final class ServeCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      index = "0",
      paramLabel = "[HOST:]PORT/SERVICE",
      description = "Where to listen: loopback unless HOST is given, * for everywhere.")
  private String target = "";

  @ArgGroup(multiplicity = "1")
  private Answer answer = new Answer();

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long running calls may go on at the end (default: shutdown-patience).")
  private @Nullable Duration grace;

  @Option(
      names = "--keep",
      paramLabel = "SIZE",
      defaultValue = "1GiB",
      converter = SizeText.class,
      description =
          "Bytes that --echo and --exec keep of one call while its request still comes in; more"
              + " aborts it (default: ${DEFAULT-VALUE}).")
  private long keep = 1 << 30;

  @Option(
      names = "--processes",
      paramLabel = "N",
      defaultValue = "32",
      description = "Commands of --exec at once; other calls wait (default: ${DEFAULT-VALUE}).")
  private int processes = 32;

  @Mixin private DescriptionOptions descriptions = new DescriptionOptions();

  @Option(
      names = {"-v", "--verbose"},
      description = "With --answer: print each call and its parameters.")
  private boolean verbose;

  @Mixin private DebugAnswerOption debug = new DebugAnswerOption();

  @Mixin private ServiceKeyOptions security = new ServiceKeyOptions();

  ServeCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    Target local = Target.local(target, Target.NONE, Target.NONE);
    return new Serving(root, grace, debug.isGiven()).run(local, security, handler(local));
  }

  private CallHandler handler(Target local) throws CommandFailure {
    Long size = answer.source;
    String command = answer.exec;
    Path answers = answer.answers;
    if (answers != null) {
      return AnswerService.of(
          root, descriptions, KnownService.find(target, local), answers, verbose);
    }
    if (verbose || descriptions.isGiven()) {
      throw CommandFailure.usage((verbose ? "-v" : "--xg") + " needs --answer FILE");
    }
    descriptions.refuseAlone();
    if (size != null) {
      return new SourceHandler(size);
    }
    if (command != null) {
      if (processes < 1) {
        throw CommandFailure.usage("--processes " + processes + ": at least 1");
      }
      return new ExecHandler(command, processes, keep, root.streams().err());
    }
    if (answer.discard == answer.echo) {
      throw CommandFailure.usage("one of --echo, --discard, --source, --exec and --answer");
    }
    return answer.discard ? new SourceHandler(0) : new EchoHandler(keep);
  }

  /** One of the five. */
  static final class Answer {
    @Option(names = "--echo", required = true, description = "Reply with the request.")
    private boolean echo;

    @Option(names = "--discard", required = true, description = "Reply with nothing.")
    private boolean discard;

    @Option(
        names = "--source",
        required = true,
        paramLabel = "BYTES",
        converter = SizeText.class,
        description = "Reply with so many bytes.")
    private @Nullable Long source;

    @Option(
        names = "--exec",
        required = true,
        paramLabel = "COMMAND",
        description =
            "Run COMMAND in a shell for each call: the request on its stdin, the reply from its"
                + " stdout; an exit status other than 0 becomes the abort code. RXRPC_CLIENT"
                + " tells the client's address and port, RXRPC_USER and RXRPC_LEVEL who it is and"
                + " how protected, where it was asked (--keys).")
    private @Nullable String exec;

    @Option(
        names = "--answer",
        required = true,
        paramLabel = "FILE",
        description =
            "Answer calls by name as FILE says, a JSON object: for a procedure its results, or"
                + " {\"abort\": CODE}. What is no service of AFS needs --xg.")
    private @Nullable Path answers;
  }
}
