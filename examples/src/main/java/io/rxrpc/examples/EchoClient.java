// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.CallOptions;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of {@link EchoServer}, which counts what its calls cost. */
public final class EchoClient {
  private EchoClient() {}

  /** Calls the server on port 7100 of this host, or on the one given. */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : EchoServer.PORT;
    run(RxrpcAddress.of("127.0.0.1", port, EchoServer.SERVICE), System.out);
  }

  /**
   * Makes a call that is answered, and one that is refused.
   *
   * @param out where both are told
   */
  public static void run(RxrpcAddress server, PrintStream out) throws IOException {
    CallOptions options = CallOptions.DEFAULT.timeout(Duration.ofSeconds(20));
    try (RxrpcEndpoint client =
        RxrpcEndpoint.builder()
            .intercept(
                call ->
                    call.onEnd(
                        failure -> out.println(failure == null ? "it is over" : "it failed")))
            .open()) {
      byte[] reply = client.call(server, "hello".getBytes(StandardCharsets.UTF_8), options);
      out.println("reply: " + new String(reply, StandardCharsets.UTF_8));
      try {
        client.call(server, new byte[2 << 20], options); // more than it takes
      } catch (RemoteAbortException e) {
        out.println("refused: " + e.code());
      }
    }
  }
}
