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

/**
 * RxRPC: two endpoints, a handler of whole requests, and no option set but where code of users runs
 * (docs/design/handlers.md).
 */
final class RxrpcEcho implements EchoPair {
  private static final int SERVICE = 1;

  private final byte[] request = EchoPair.request();
  private final RxrpcEndpoint server;
  private final RxrpcEndpoint client;
  private final RxrpcAddress to;

  /**
   * @param handlersInLoop false: as by default, each in a thread of its own
   * @param futuresInLoop false: as by default, in threads of their own
   */
  RxrpcEcho(boolean handlersInLoop, boolean futuresInLoop) throws IOException {
    server = options().handleInLoop(handlersInLoop).open();
    server.serve(SERVICE, CallHandler.blob(whole -> whole));
    client = options().completeInLoop(futuresInLoop).open();
    to = new RxrpcAddress(server.localAddress(), SERVICE);
  }

  static RxrpcEndpoint endpoint() throws IOException {
    return options().open();
  }

  private static RxrpcEndpoint.Builder options() {
    return RxrpcEndpoint.builder()
        .local(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
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
