// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole blobs there and back, over real UDP. */
class EchoTest {
  private static final CallHandler ECHO = CallHandler.blob(request -> request);

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void blobsComeBackAsTheyWere(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      ends.server().serve(SERVICE, ECHO);
      for (int length : new int[] {0, 1, 1411, 1412, 1413, 2824, 4096, 4097, 100_000, 1 << 20}) {
        assertThat(ends.client().call(ends.address(), bytes(length)))
            .as("%d bytes", length)
            .isEqualTo(bytes(length));
      }
      assertThat(ends.client().portKind()).isEqualTo(way.kind());
    }
  }

  @Test
  void aReplyBeyondTheBoundIsRefused() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, ECHO);
      for (int length : new int[] {101, 200_000}) {
        assertThatThrownBy(
                () ->
                    ends.client()
                        .call(ends.address(), bytes(length), CallOptions.DEFAULT.maxReply(100)))
            .isInstanceOfSatisfying(
                LocalErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE));
      }
      assertThat(ends.client().call(ends.address(), bytes(100), CallOptions.DEFAULT.maxReply(100)))
          .hasSize(100);
    }
  }

  @Test
  void aRequestBeyondTheHandlersBoundIsAborted() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(1000, Function.identity()));
      assertThat(ends.client().call(ends.address(), bytes(1000))).hasSize(1000);
      assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(1001)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
    }
  }

  @Test
  void severalServicesShareAnEndpoint() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      for (int service = 1; service <= 3; service++) {
        byte id = (byte) service;
        ends.server().serve(service, CallHandler.blob(request -> new byte[] {id}));
      }
      for (int service = 1; service <= 3; service++) {
        assertThat(ends.client().call(ends.address(service), bytes(5)))
            .containsExactly((byte) service);
      }
      assertThatThrownBy(() -> ends.server().serve(2, ECHO))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> ends.server().serve(0, ECHO))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ends.client().call(ends.address(0), bytes(5)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anEndpointIsClientAndServerAtOnce() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      RxrpcAddress back = new RxrpcAddress(ends.client().localAddress(), 7);
      ends.client().serve(7, CallHandler.blob(request -> new byte[] {(byte) request.length}));
      ends.server()
          .serve(SERVICE, call -> call.endReply(ends.server().call(back, call.readAll(100))));
      assertThat(ends.client().call(ends.address(), bytes(42))).containsExactly((byte) 42);
      // and it may call itself
      assertThat(ends.client().call(back, bytes(3))).containsExactly((byte) 3);
    }
  }

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#kinds")
  void aThousandCallsRunInParallel(Ends.Way way) throws Exception {
    try (Ends ends = way.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ends.server().serve(SERVICE, ECHO);
      List<Future<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        byte[] request = bytes(i);
        replies.add(threads.submit(() -> ends.client().call(ends.address(), request)));
      }
      for (int i = 0; i < replies.size(); i++) {
        assertThat(replies.get(i).get()).isEqualTo(bytes(i));
      }
    }
  }

  @Test
  void twoThousandHandlersMeetAtOneBarrier() throws Exception {
    int n = 2000;
    Tunables wide = Tunables.fromProperties().with(Tunable.BUNDLE_CONNECTIONS, n / 4);
    try (Ends ends = Ends.DEFAULT.open(wide);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CyclicBarrier barrier = new CyclicBarrier(n);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                barrier.await();
                call.endReply(call.readAll(100));
              });
      List<Future<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        replies.add(threads.submit(() -> ends.client().call(ends.address(), bytes(20))));
      }
      for (Future<byte[]> reply : replies) {
        assertThat(reply.get()).isEqualTo(bytes(20));
      }
    }
  }

  @Test
  void sequentialCallsLeaveNothingBehind() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, ECHO);
      for (int i = 0; i < 5000; i++) {
        ends.client().call(ends.address(), bytes(i % 100));
      }
      EndpointStatus status = ends.client().status();
      assertThat(status.liveCalls()).isZero();
      assertThat(status.bufferBytes()).isZero();
      assertThat(status.clientConnections()).isEqualTo(1);
      assertThat(status.timers()).isLessThanOrEqualTo(2);
      assertThat(ends.server().status().serviceConnections()).isEqualTo(1);
      assertThat(ends.server().status().liveCalls()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theReplyLeavesFromTheAddressThatWasAsked() throws Exception {
    try (RxrpcEndpoint server =
            RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
        RxrpcEndpoint client = RxrpcEndpoint.open(Ends.DEFAULT.local())) {
      server.serve(SERVICE, ECHO);
      RxrpcAddress other = RxrpcAddress.of("127.0.0.2", server.localAddress().getPort(), SERVICE);
      assertThat(client.call(other, bytes(10))).isEqualTo(bytes(10));
    }
  }

  @Test
  void aDualStackEndpointSpeaksBothFamilies() throws Exception {
    try (RxrpcEndpoint server = RxrpcEndpoint.open();
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(SERVICE, ECHO);
      for (String host : List.of("127.0.0.1", "::1")) {
        RxrpcAddress to = RxrpcAddress.of(host, server.localAddress().getPort(), SERVICE);
        assertThat(client.call(to, bytes(10))).isEqualTo(bytes(10));
      }
    }
  }

  @Test
  void theHandlersExecutorRunsTheHandlers() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    try (ExecutorService own =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("mine").factory());
        RxrpcEndpoint server =
            RxrpcEndpoint.builder()
                .local(Ends.DEFAULT.local())
                .handlerExecutor(own)
                .version("a test")
                .open();
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      ConcurrentHashMap<String, String> seen = new ConcurrentHashMap<>();
      server.serve(
          SERVICE,
          call -> {
            seen.put("thread", Thread.currentThread().getName());
            seen.put("client", call.client().toString());
            ran.countDown();
          });
      assertThat(client.call(new RxrpcAddress(server.localAddress(), SERVICE), bytes(1))).isEmpty();
      ran.await();
      assertThat(seen).containsEntry("thread", "mine");
      assertThat(seen.get("client")).endsWith(":" + client.localAddress().getPort());
      assertThat(client.version(server.localAddress(), Duration.ofSeconds(30))).isEqualTo("a test");
    }
  }
}
