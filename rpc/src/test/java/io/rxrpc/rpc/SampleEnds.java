// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.rpc.sample.SampleClient;
import io.rxrpc.rpc.sample.SampleService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server of the sample service and a client, on loopback. */
record SampleEnds(RxrpcEndpoint server, RxrpcEndpoint client) implements AutoCloseable {
  static final int SERVICE = 52;

  static SampleEnds open() throws IOException {
    RxrpcEndpoint server = endpoint();
    return new SampleEnds(server, endpoint());
  }

  static SampleEnds serving(SampleService service) throws IOException {
    return serving(service.dispatcher());
  }

  static SampleEnds serving(Dispatcher dispatcher) throws IOException {
    SampleEnds ends = open();
    ends.server.serve(SERVICE, dispatcher);
    return ends;
  }

  static RxrpcEndpoint endpoint() throws IOException {
    return RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  RxrpcAddress address() {
    return new RxrpcAddress(server.localAddress(), SERVICE);
  }

  RpcClient rpc() {
    return RpcClient.of(client, address());
  }

  SampleClient sample() {
    return new SampleClient(rpc());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
