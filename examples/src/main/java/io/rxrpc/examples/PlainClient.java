// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What {@link DocumentClient} does, in the idiomatic API. */
public final class PlainClient {
  private PlainClient() {}

  /** Calls the server on port 7000 of this host, or on the one given. */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : DocumentServer.PORT;
    run(RxrpcAddress.of("127.0.0.1", port, DocumentServer.VL_SERVICE_ID), System.out);
  }

  /**
   * Makes two calls to a {@link PlainServer}.
   *
   * @param out where each reply is printed
   */
  public static void run(RxrpcAddress server, PrintStream out) throws IOException {
    try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
      byte[] reply = client.call(server, "Hello, world".getBytes(StandardCharsets.UTF_8));
      out.println("reply: " + new String(reply, StandardCharsets.UTF_8));
      try {
        client.call(server, "please abort".getBytes(StandardCharsets.UTF_8));
      } catch (RemoteAbortException e) {
        out.println("aborted: " + e.code());
      }
    }
  }
}
