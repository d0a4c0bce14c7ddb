// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.typed;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.rpc.Dispatcher;
import io.rxrpc.rpc.Procedure;
import io.rxrpc.rpc.RpcClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A small call, typed and as a blob, between two endpoints on loopback. */
final class SmallCalls implements AutoCloseable {
  private static final int BLOB = 1;
  private static final int TYPED = 2;
  private static final Procedure ADD = new Procedure("BENCH_Add", 1);

  private final RxrpcEndpoint server = endpoint();
  private final RxrpcEndpoint client = endpoint();
  private final RxrpcAddress blob = new RxrpcAddress(server.localAddress(), BLOB);
  private final RpcClient rpc =
      RpcClient.of(client, new RxrpcAddress(server.localAddress(), TYPED));

  SmallCalls() throws IOException {
    server.serve(BLOB, CallHandler.blob(SmallCalls::add));
    server.serve(
        TYPED,
        Dispatcher.of("BENCH_")
            .plain(
                ADD,
                in -> {
                  int a = in.int32("a");
                  int b = in.int32("b");
                  return caller -> out -> out.int32(a + b);
                })
            .build());
  }

  private static RxrpcEndpoint endpoint() throws IOException {
    return RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  private static byte[] add(byte[] request) {
    ByteBuffer in = ByteBuffer.wrap(request);
    return ByteBuffer.allocate(4).putInt(in.getInt(4) + in.getInt(8)).array();
  }

  /** Nanoseconds a call. */
  double blobs(int calls) throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      byte[] request = ByteBuffer.allocate(12).putInt(1).putInt(i).putInt(1).array();
      check(i + 1, ByteBuffer.wrap(client.call(blob, request)).getInt());
    }
    return (double) (System.nanoTime() - begin) / calls;
  }

  /** Nanoseconds a call. */
  double typed(int calls) throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      int a = i;
      int sum =
          rpc.call(
              ADD,
              out -> {
                out.int32(a);
                out.int32(1);
              },
              in -> in.int32("sum"));
      check(i + 1, sum);
    }
    return (double) (System.nanoTime() - begin) / calls;
  }

  private static void check(int wanted, int came) {
    if (wanted != came) {
      throw new AssertionError(came + " instead of " + wanted);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
