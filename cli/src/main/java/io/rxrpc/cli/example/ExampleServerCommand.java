// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.example;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.examples.DocumentServer;
import io.rxrpc.examples.PlainServer;
import io.rxrpc.key.KeyException;
import io.rxrpc.socket.SocketErrorException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc example server}: serves two calls and ends. */
@Command(
    name = "server",
    customSynopsis = "rxrpc example server [[HOST:]PORT] [--plain]",
    description = {
      "The server of the RxRPC document: serves the two calls of 'rxrpc example client' and ends 0."
    },
    footer = {"", "Example: rxrpc example server 7100"})
@Without({Part.PACKETS, Part.TUNABLES, Part.JSON, Part.REMARKS})
final class ExampleServerCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "[HOST:]PORT",
      description = "Where to listen (default: 127.0.0.1:7000); port 0 is one of the system's.")
  private String target = Integer.toString(DocumentServer.PORT);

  @Option(names = "--plain", description = "The same in the idiomatic API, without a key.")
  private boolean plain;

  ExampleServerCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException, KeyException {
    Target local = Target.local(target, DocumentServer.PORT, DocumentServer.VL_SERVICE_ID);
    InetSocketAddress address = local.resolve();
    PrintStream out = root.streams().out();
    boolean[] listening = {false};
    try {
      if (plain) {
        PlainServer.run(address, out, where -> listening[0] = true);
      } else {
        DocumentServer.run(address, out, where -> listening[0] = true);
      }
    } catch (SocketErrorException | BindException e) {
      if (listening[0]) {
        throw e;
      }
      throw new CommandFailure(
          ExitCode.NETWORK,
          "cannot listen on "
              + local.place()
              + ": "
              + e.getMessage()
              + "; give another port to both: rxrpc example server PORT",
          e);
    }
    return ExitCode.OK;
  }
}
