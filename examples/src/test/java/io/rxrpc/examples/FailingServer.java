// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A program whose handler fails, for what its log says of that. */
final class FailingServer {
  private FailingServer() {}

  public static void main(String[] args) throws Exception {
    try (RxrpcEndpoint server =
            RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(
          100,
          call -> {
            throw new IllegalStateException("cannot store", new IOException("disk full"));
          });
      int port = server.localAddress().getPort();
      try {
        client.call(RxrpcAddress.of("127.0.0.1", port, 100), new byte[0]);
      } catch (RemoteAbortException e) {
        System.out.println("the client saw " + e.code());
      }
      server.shutdown(Duration.ofSeconds(10)); // the handler has said what it has to say
    }
  }
}
