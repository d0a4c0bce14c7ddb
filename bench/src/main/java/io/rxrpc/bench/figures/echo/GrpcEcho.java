// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * gRPC over HTTP/2 without TLS, with its own threads and defaults; messages are plain octets, which
 * costs it less than protobuf would.
 */
final class GrpcEcho implements EchoPair {
  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("bench.Echo/Echo")
          .setRequestMarshaller(new Octets())
          .setResponseMarshaller(new Octets())
          .build();

  private final byte[] request = EchoPair.request();
  private final Server server;
  private final ManagedChannel channel;

  GrpcEcho() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
            .addService(
                ServerServiceDefinition.builder("bench.Echo")
                    .addMethod(
                        ECHO,
                        ServerCalls.asyncUnaryCall(
                            (octets, reply) -> {
                              reply.onNext(octets);
                              reply.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @Override
  public void call(Consumer<@Nullable Throwable> then) {
    ListenableFuture<byte[]> reply =
        ClientCalls.futureUnaryCall(channel.newCall(ECHO, CallOptions.DEFAULT), request);
    reply.addListener(() -> then.accept(failureOf(reply)), MoreExecutors.directExecutor());
  }

  private static @Nullable Throwable failureOf(ListenableFuture<byte[]> reply) {
    try {
      EchoPair.check(reply.get());
      return null;
    } catch (ExecutionException | CancellationException | IOException | InterruptedException e) {
      return e; // done already: nobody is interrupted here
    }
  }

  @Override
  public void callAndWait() throws IOException {
    try {
      EchoPair.check(ClientCalls.blockingUnaryCall(channel, ECHO, CallOptions.DEFAULT, request));
    } catch (StatusRuntimeException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** Messages as they are. */
  private static final class Octets implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
