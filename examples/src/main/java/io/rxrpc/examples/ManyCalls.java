// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Very many calls at once, for which no thread waits. */
public final class ManyCalls {
  private ManyCalls() {}

  /** Makes 10,000 calls of the {@link EchoServer} on port 7100 of this host, or the one given. */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : EchoServer.PORT;
    int replies = run(RxrpcAddress.of("127.0.0.1", port, EchoServer.SERVICE), 10_000);
    System.out.println(replies + " calls were answered");
  }

  /**
   * Begins calls one after the other without waiting for any, and then waits for all.
   *
   * @return how many replies were right
   */
  public static int run(RxrpcAddress server, int count) throws IOException {
    try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
      List<CompletableFuture<byte[]>> replies = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        replies.add(client.callAsync(server, ByteBuffer.allocate(4).putInt(i).array()));
      }
      int right = 0;
      for (int i = 0; i < count; i++) {
        right += ByteBuffer.wrap(replies.get(i).join()).getInt() == i ? 1 : 0;
      }
      return right;
    }
  }
}
