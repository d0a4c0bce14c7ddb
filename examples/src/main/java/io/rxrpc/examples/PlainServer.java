// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What {@link DocumentServer} does, in the idiomatic API. */
public final class PlainServer {
  private PlainServer() {}

  /** Runs it on port 7000, or on the one given, until two calls are over. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : DocumentServer.PORT;
    run(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), System.out, address -> {});
  }

  /**
   * Serves two calls.
   *
   * @param local where to listen; port 0 lets the system choose
   * @param out where each call is printed
   * @param listening is told where, once clients may call
   */
  public static void run(InetSocketAddress local, PrintStream out, Consumer<RxrpcAddress> listening)
      throws IOException, InterruptedException {
    CountDownLatch calls = new CountDownLatch(2);
    try (RxrpcEndpoint server = RxrpcEndpoint.open(local)) {
      server.serve(
          DocumentServer.VL_SERVICE_ID,
          call -> {
            calls.countDown();
            String request = new String(call.readAll(65_536), StandardCharsets.UTF_8);
            out.println("request: " + request);
            if (request.contains("abort")) {
              throw new CallAbort(new AbortCode(4711));
            }
            call.reply().write(("You said: " + request).getBytes(StandardCharsets.UTF_8));
          });
      RxrpcAddress address = new RxrpcAddress(server.localAddress(), DocumentServer.VL_SERVICE_ID);
      out.println("listening on " + address);
      out.flush();
      listening.accept(address);
      calls.await();
      server.shutdown(Duration.ofSeconds(10)); // both may finish
    }
  }
}
