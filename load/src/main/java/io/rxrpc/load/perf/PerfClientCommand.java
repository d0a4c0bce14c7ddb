// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.option.SecurityOptions;
import io.rxrpc.cli.text.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rxrpc perf client}: measures against a server elsewhere. */
@Command(
    name = "client",
    customSynopsis = "rxrpc perf client HOST:PORT --send|--recv|--rpc [options]",
    description = "Measure against an rxperf server.",
    footer = {
      "",
      "mb_per_s counts the payload both ways, in 10^6 bytes.",
      "Example: rxrpc perf client localhost:7009 --rpc --parallel 16"
    })
final class PerfClientCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      index = "0",
      paramLabel = "HOST:PORT",
      description = "The server; without a port it is 7009, without a service 147.")
  private String target = "";

  @Mixin private PerfOptions options = new PerfOptions();

  @Mixin private SecurityOptions security = new SecurityOptions();

  PerfClientCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    WellKnownService rxperf = WellKnownService.RXPERF;
    Target server = Target.peer(target, rxperf.port(), rxperf.id());
    PerfPlan plan = options.plan();
    CallOptions calls = security.apply(CallOptions.DEFAULT);
    RxrpcAddress to = server.address();
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint endpoint = session.client(plan.async());
      PerfRun run = new PerfRun(endpoint, to, calls, List.of(endpoint), new Progress(root));
      print(root, run.run(plan), to);
    }
    return ExitCode.OK;
  }

  static void print(RootCommand root, PerfResult result, RxrpcAddress to) {
    if (root.json()) {
      Json.print(root.streams().out(), result.json());
    } else {
      root.streams().out().println(result.text(to.toString()));
    }
  }
}
