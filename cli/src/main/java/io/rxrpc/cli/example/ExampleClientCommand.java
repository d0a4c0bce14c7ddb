// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.example;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.RootCommand;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.frame.Without;
import io.rxrpc.cli.frame.Without.Part;
import io.rxrpc.cli.text.DurationText;
import io.rxrpc.examples.DocumentClient;
import io.rxrpc.examples.DocumentServer;
import io.rxrpc.examples.PlainClient;
import io.rxrpc.key.KeyException;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rxrpc example client}: makes two calls and ends. */
@Command(
    name = "client",
    customSynopsis = "rxrpc example client [HOST[:PORT]] [--plain]",
    description = {
      "The client of the RxRPC document: makes two calls at once to 'rxrpc example server'; one is",
      "answered, one is aborted by the server. Then it ends 0."
    },
    footer = {"", "Example: rxrpc example client 127.0.0.1:7100"})
@Without({Part.PACKETS, Part.TUNABLES, Part.JSON, Part.REMARKS})
final class ExampleClientCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "HOST[:PORT]",
      description = "The server (default: 127.0.0.1:7000).")
  private String target = Target.LOOPBACK;

  @Option(names = "--plain", description = "The same in the idiomatic API, without a key.")
  private boolean plain;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationText.class,
      description = "How long to wait for a server to appear (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(10);

  ExampleClientCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, KeyException {
    Target peer = Target.peer(target, DocumentServer.PORT, DocumentServer.VL_SERVICE_ID);
    RxrpcAddress server = peer.address();
    awaitServer(server);
    PrintStream out = root.streams().out();
    if (plain) {
      PlainClient.run(server, out);
    } else if (!DocumentClient.run(server, out)) {
      throw new CommandFailure(
          ExitCode.NETWORK,
          peer.place() + " did not answer as the example's server does: is it one?");
    }
    return ExitCode.OK;
  }

  /**
   * Server and client are started beside each other: the server may still be on its way. A port
   * that sees no ICMP errors goes on asking until somebody is there.
   */
  private void awaitServer(RxrpcAddress server) throws CommandFailure, IOException {
    try (RxrpcEndpoint endpoint = RxrpcEndpoint.builder().port(PortKind.NIO).open()) {
      endpoint.version(server.transport(), patience);
    } catch (RxrpcException e) {
      throw new CommandFailure(
          ExitCode.NETWORK,
          "no server at " + server + ": start 'rxrpc example server' beside this",
          e);
    }
  }
}
