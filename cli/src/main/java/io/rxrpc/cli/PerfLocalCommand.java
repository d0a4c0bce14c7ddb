package io.rxrpc.cli;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rxrpc perf local}: client and server in this process, over real UDP on loopback. */
@Command(
    name = "local",
    customSynopsis = "rxrpc perf local --send|--recv|--rpc [options]",
    description = "Measure a client and a server in this process, over UDP on loopback.",
    footer = {
      "",
      "mb_per_s counts the payload both ways, in 10^6 bytes; cpu_seconds counts both ends.",
      "Example: rxrpc perf local --rpc --parallel 16"
    })
final class PerfLocalCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private PerfOptions options = new PerfOptions();

  @Option(names = "--ipv6", description = "Over ::1 instead of 127.0.0.1.")
  private boolean ipv6;

  PerfLocalCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    PerfPlan plan = options.plan();
    Target local = new Target(ipv6 ? "::1" : Target.LOOPBACK, 0, WellKnownService.RXPERF.id());
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint server = session.server(local);
      server.serve(local.service(), new RxperfHandler());
      RxrpcEndpoint client = session.server(local);
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), local.service());
      PerfRun run = new PerfRun(client, to, List.of(client, server), new Progress(root));
      PerfClientCommand.print(root, run.run(plan), to);
    }
    return ExitCode.OK;
  }
}
