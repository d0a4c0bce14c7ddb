// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Examples:",
      "  rxrpc perf local --rpc --parallel 16",
      "  rxrpc perf local --send --level encrypt",
      "  rxrpc perf local --recv --level encrypt --security rxkad,rxgk --rounds 8"
    })
final class PerfLocalCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private PerfOptions options = new PerfOptions();

  @Option(names = "--ipv6", description = "Over ::1 instead of 127.0.0.1.")
  private boolean ipv6;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Measure so often, each security class once in each round, and tell the medians (default:"
              + " ${DEFAULT-VALUE}).")
  private int rounds = 1;

  @Mixin private LocalSecurity security = new LocalSecurity();

  PerfLocalCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    PerfPlan plan = options.plan();
    List<LocalSecurity.Way> ways = security.ways();
    if (rounds < 1) {
      throw CommandFailure.usage("--rounds " + rounds + ": at least 1");
    }
    Target local = new Target(ipv6 ? "::1" : Target.LOOPBACK, 0, WellKnownService.RXPERF.id());
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint client = session.client(local, plan.async());
      Map<String, PerfRun> runs = new LinkedHashMap<>();
      RxrpcAddress to = null;
      for (LocalSecurity.Way way : ways) {
        RxrpcEndpoint server = session.server(local);
        server.serve(local.service(), way.service(), new RxperfHandler());
        to = new RxrpcAddress(server.localAddress(), local.service());
        runs.put(
            way.name(),
            new PerfRun(client, to, way.calls(), List.of(client, server), new Progress(root)));
      }
      if (to != null && runs.size() == 1 && rounds == 1) {
        PerfClientCommand.print(root, runs.values().iterator().next().run(plan), to);
      } else {
        compare(plan, runs);
      }
    }
    return ExitCode.OK;
  }

  private void compare(PerfPlan plan, Map<String, PerfRun> runs)
      throws IOException, InterruptedException {
    PerfComparison comparison = new PerfComparison();
    PerfPlan next = plan;
    for (int i = 0; i < rounds; i++) {
      for (Map.Entry<String, PerfRun> run : runs.entrySet()) {
        comparison.add(run.getKey(), run.getValue().run(next));
      }
      next = plan.warm();
    }
    if (root.json()) {
      Json.print(root.streams().out(), comparison.json());
    } else {
      root.streams().out().println(comparison.text());
    }
  }
}
