// SPDX-License-Identifier: Apache-2.0
package org.example.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rxrpc.AbortCode;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.net.InetSocketAddress;

/** A server and a call to it, as a project elsewhere would write them. */
public final class Outside {
  private Outside() {}

  public static void main(String[] args) throws Exception {
    try (RxrpcEndpoint server = RxrpcEndpoint.open(new InetSocketAddress("127.0.0.1", 0));
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(100, call -> call.endReply(call.readAll(1 << 20)));
      int port = server.localAddress().getPort();
      byte[] reply = client.call(RxrpcAddress.of("127.0.0.1", port, 100), "hello".getBytes(UTF_8));
      // The name comes from a provider in the jar of AFS: services are found here, too.
      System.out.println(
          new String(reply, UTF_8) + " by " + client.portKind() + ", " + new AbortCode(363520));
    }
  }
}
