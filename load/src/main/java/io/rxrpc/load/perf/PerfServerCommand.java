// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.serving.DebugAnswerOption;
import io.rxrpc.cli.serving.ServiceKeyOptions;
import io.rxrpc.cli.serving.Serving;
import io.rxrpc.cli.text.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc perf server}: a server of the rxperf protocol. */
@Command(
    name = "server",
    customSynopsis = "rxrpc perf server [HOST:]PORT [options]",
    description = {
      "Serve the rxperf protocol until SIGTERM or SIGINT.",
      "SEND, RECV and RPC are done, FILE is refused with RXGEN_OPCODE. Prints",
      "'listening HOST:PORT/SERVICE' when ready."
    },
    footer = {"", "Example: rxrpc perf server *:7009"})
final class PerfServerCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      index = "0",
      paramLabel = "[HOST:]PORT",
      description = "Where to listen: loopback unless HOST is given, * for everywhere.")
  private String target = "";

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long running calls may go on at the end (default: shutdown-patience).")
  private @Nullable Duration grace;

  @Mixin private DebugAnswerOption debug = new DebugAnswerOption();

  @Mixin private ServiceKeyOptions security = new ServiceKeyOptions();

  PerfServerCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    WellKnownService rxperf = WellKnownService.RXPERF;
    Target local = Target.local(target, rxperf.port(), rxperf.id());
    return new Serving(root, grace, debug.isGiven()).run(local, security, new RxperfHandler());
  }
}
