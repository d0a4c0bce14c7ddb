// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServiceOptions;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.Progress;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Session;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.text.LevelText;
import io.rxrpc.load.data.EmbeddedKeys;
import io.rxrpc.security.SecurityLevel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  rxrpc perf local --send --level encrypt"
    })
final class PerfLocalCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private PerfOptions options = new PerfOptions();

  @Option(names = "--ipv6", description = "Over ::1 instead of 127.0.0.1.")
  private boolean ipv6;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelText.class,
      description =
          "With rxkad at this level: clear, auth or encrypt (default: without security). The keys"
              + " are this process's own.")
  private @Nullable SecurityLevel level;

  PerfLocalCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    PerfPlan plan = options.plan();
    Target local = new Target(ipv6 ? "::1" : Target.LOOPBACK, 0, WellKnownService.RXPERF.id());
    try (Session session = Session.untilExit(root)) {
      RxrpcEndpoint server = session.server(local);
      CallOptions calls = CallOptions.DEFAULT;
      ServiceOptions service = ServiceOptions.UNSECURED;
      SecurityLevel with = level;
      if (with != null) {
        EmbeddedKeys keys = new EmbeddedKeys();
        calls = calls.token(keys.token(), with);
        service = ServiceOptions.rxkad(keys.server()).minimumLevel(with);
      }
      server.serve(local.service(), service, new RxperfHandler());
      RxrpcEndpoint client = session.client(local, plan.async());
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), local.service());
      PerfRun run = new PerfRun(client, to, calls, List.of(client, server), new Progress(root));
      PerfClientCommand.print(root, run.run(plan), to);
    }
    return ExitCode.OK;
  }
}
