// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc.udebug;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.error.AfsErrors;
import io.rxrpc.afs.ubik.VoteClient;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.FailureReport;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.cli.text.Json;
import io.rxrpc.rpc.RpcClient;
import io.rxrpc.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc udebug}: quorum, sync site and versions of a replicated database. */
@Command(
    name = "udebug",
    customSynopsis = "rxrpc udebug HOST[:PORT][/SERVICE]... [options]",
    description = {
      "Show the state of a replicated database as one of its servers sees it: who is sync",
      "site, its votes, the versions of the database, locks and transactions. The sync site",
      "also tells what it knows of the other servers. The default is the vlserver's port, 7003;",
      "HOST/pt asks the ptserver. Of several servers each is asked; with --json one object a line."
    },
    footer = {
      "",
      "Examples:",
      "  rxrpc udebug afsdb1.example.org",
      "  rxrpc udebug afsdb1.example.org/pt --long",
      "  rxrpc udebug afsdb1.example.org afsdb2.example.org --json"
    })
final class UdebugCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      arity = "1..*",
      paramLabel = "HOST[:PORT][/SERVICE]",
      description = "A server of the database; a service such as pt brings its port.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = {"-l", "--long"},
      description = "What it knows of the others, also where it is not the sync site.")
  private boolean all;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationText.class,
      description = "Give each call up after this (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  UdebugCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    List<RxrpcAddress> servers = new ArrayList<>();
    for (String text : targets) {
      Target target = Target.peer(text, WellKnownService.VL.port(), WellKnownService.VOTE.id());
      servers.add(new Target(target.host(), target.port(), WellKnownService.VOTE.id()).address());
    }
    int code = ExitCode.OK;
    FailureReport failures = new FailureReport(root);
    try (Session session = Session.untilExit(root)) {
      RpcClient any =
          RpcClient.of(session.client(), servers.getFirst())
              .with(CallOptions.DEFAULT.timeout(timeout))
              .errors(AfsErrors.TABLES);
      boolean first = true;
      for (RxrpcAddress server : servers) {
        try {
          VoteClient client = new VoteClient(any.at(server));
          UbikState state = UbikQuery.ask(client, all, Clock.systemUTC().instant());
          root.streams().out().print(first || root.json() ? "" : "\n");
          show(state);
          first = false;
        } catch (RpcException e) {
          code = failures.report(e);
        }
      }
    }
    return code;
  }

  private void show(UbikState state) {
    PrintStream out = root.streams().out();
    if (root.json()) {
      Json.print(out, UbikTree.of(state));
    } else {
      UbikLines.of(state).forEach(out::println);
    }
  }
}
