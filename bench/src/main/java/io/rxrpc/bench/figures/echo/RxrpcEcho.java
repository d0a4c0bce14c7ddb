// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** RxRPC with no option set: two endpoints, a handler of whole requests. */
final class RxrpcEcho implements EchoPair {
  private static final int SERVICE = 1;

  private final byte[] request = EchoPair.request();
  private final RxrpcEndpoint server;
  private final RxrpcEndpoint client;
  private final RxrpcAddress to;

  RxrpcEcho() throws IOException {
    server = endpoint();
    server.serve(SERVICE, CallHandler.blob(whole -> whole));
    client = endpoint();
    to = new RxrpcAddress(server.localAddress(), SERVICE);
  }

  static RxrpcEndpoint endpoint() throws IOException {
    return RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  @Override
  public void call(Consumer<@Nullable Throwable> then) {
    var ignored =
        client
            .callAsync(to, request)
            .whenComplete(
                (reply, failure) -> then.accept(failure != null ? failure : wrong(reply)));
  }

  private static @Nullable Throwable wrong(byte[] reply) {
    try {
      EchoPair.check(reply);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  @Override
  public void callAndWait() throws IOException {
    EchoPair.check(client.call(to, request));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
