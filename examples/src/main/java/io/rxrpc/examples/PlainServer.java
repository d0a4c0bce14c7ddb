package io.rxrpc.examples;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What {@link DocumentServer} does, in the idiomatic API. */
public final class PlainServer {
  private PlainServer() {}

  /** Runs it on port 7000, or on the one given, until two calls are over. */
  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 7000;
    CountDownLatch calls = new CountDownLatch(2);
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    RxrpcEndpoint server = serve(local, calls, System.out);
    calls.await();
    server.shutdown(Duration.ofSeconds(10)); // closes it, too
  }

  /** An endpoint that serves; {@code calls} goes down with each call. */
  static RxrpcEndpoint serve(InetSocketAddress local, CountDownLatch calls, PrintStream out)
      throws IOException {
    RxrpcEndpoint server = RxrpcEndpoint.open(local);
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
    out.println("listening on " + server.localAddress());
    return server;
  }
}
