// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.udp.PortKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of endpoints and services while others are at work. */
class CloseTest {
  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#kinds")
  void blockedThreadsReturnWhenTheirEndpointIsClosed(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      CountDownLatch running = new CountDownLatch(5);
      CompletableFuture<Throwable> handler = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                running.countDown();
                try {
                  call.readAll(1 << 30);
                } catch (RxrpcException e) {
                  handler.complete(e);
                }
              });
      CountDownLatch never = new CountDownLatch(1);
      ends.server()
          .serve(
              7,
              call -> {
                running.countDown();
                never.await();
              });
      CompletableFuture<Throwable> caller =
          failure(() -> ends.client().call(ends.address(7), bytes(4)));
      CompletableFuture<Throwable> writer =
          failure(
              () -> {
                try (ClientCall call = ends.client().begin(ends.address(7))) {
                  call.request().flush();
                  while (true) {
                    call.write(bytes(50_000), 0, 50_000);
                  }
                }
              });
      CompletableFuture<Throwable> reader =
          failure(
              () -> {
                try (ClientCall call = ends.client().begin(ends.address(7))) {
                  call.readAll(5);
                }
              });
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Throwable> waiting =
          failure(
              () -> {
                try (ClientCall call = ends.client().begin(ends.address())) {
                  call.write(bytes(10), 0, 10);
                  call.request().flush();
                  begun.countDown();
                  new CountDownLatch(1).await();
                }
              });
      CompletableFuture<byte[]> async = ends.client().callAsync(ends.address(7), bytes(3));
      begun.await();
      running.await();
      ends.client().close();
      assertThat(caller.get()).isInstanceOf(EndpointClosedException.class);
      assertThat(writer.get()).isInstanceOf(EndpointClosedException.class);
      assertThat(reader.get()).isInstanceOf(EndpointClosedException.class);
      assertThatThrownBy(async::get).cause().isInstanceOf(EndpointClosedException.class);
      assertThat(waiting).isNotDone();
      assertThat(handler.get()).isInstanceOf(RemoteAbortException.class);
      assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(1)))
          .isInstanceOf(EndpointClosedException.class)
          .hasMessageContaining("the endpoint is closed (ESHUTDOWN)");
      assertThatThrownBy(() -> ends.client().begin(ends.address()))
          .isInstanceOf(EndpointClosedException.class);
      assertThatThrownBy(() -> ends.client().serve(3, call -> {}))
          .isInstanceOf(EndpointClosedException.class);
      assertThat(ends.client().shutdown(Duration.ofSeconds(1))).isTrue();
      never.countDown();
    }
  }

  @Test
  void handlersFailWhenTheirServerIsClosed() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(1);
      CompletableFuture<Throwable> handler = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                running.countDown();
                try {
                  call.readAll(1 << 30);
                } catch (RxrpcException e) {
                  handler.complete(e);
                  throw e;
                }
              });
      CompletableFuture<Throwable> client =
          failure(
              () -> {
                try (ClientCall call = ends.client().begin(ends.address())) {
                  call.write(bytes(10), 0, 10);
                  call.request().flush();
                  running.await();
                  while (true) {
                    call.write(bytes(50_000), 0, 50_000);
                  }
                }
              });
      running.await();
      InetSocketAddress port = ends.server().localAddress();
      ends.server().close();
      assertThat(handler.get()).isInstanceOf(EndpointClosedException.class);
      assertThat(client.get())
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code()).isEqualTo(AbortCode.CALL_DEAD));
      ends.server().close();
      RxrpcEndpoint.open(port).close(); // the port is free
    }
  }

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#kinds")
  void nobodyIsForgottenWhenManyCallAtTheMomentOfTheClose(Ends.Way way) throws Exception {
    for (int round = 0; round < 10; round++) {
      try (Ends ends = way.open()) {
        ends.server().serve(SERVICE, CallHandler.blob(request -> request));
        CountDownLatch warm = new CountDownLatch(200);
        List<CompletableFuture<Throwable>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          int length = i % 5 == 0 ? 10_000 : i;
          callers.add(
              failure(
                  () -> {
                    while (true) {
                      ends.client().call(ends.address(), bytes(length));
                      warm.countDown();
                    }
                  }));
        }
        warm.await();
        (round % 2 == 0 ? ends.client() : ends.server()).close();
        for (CompletableFuture<Throwable> caller : callers) {
          if (round % 2 == 0) {
            assertThat(caller.get()).isInstanceOf(EndpointClosedException.class);
          } else if (way.kind() == PortKind.LINUX) {
            assertThat(caller.get())
                .isInstanceOfAny(RemoteAbortException.class, NetworkErrorException.class);
          }
        }
      }
    }
  }

  @Test
  void anOrderlyShutdownLetsRunningCallsFinish() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                byte[] request = call.readAll(100);
                running.countDown();
                go.await();
                call.endReply(request);
              });
      CompletableFuture<byte[]> reply = ends.client().callAsync(ends.address(), bytes(9));
      running.await();
      CompletableFuture<Boolean> finished = new CompletableFuture<>();
      Thread closer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      finished.complete(ends.server().shutdown(Duration.ofSeconds(60)));
                    } catch (RxrpcException e) {
                      finished.completeExceptionally(e);
                    }
                  });
      while (closer.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(1)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(-100));
      assertThatThrownBy(() -> ends.server().call(ends.address(), bytes(1)))
          .isInstanceOf(EndpointClosedException.class)
          .hasMessageContaining("shutting down");
      assertThat(finished).isNotDone();
      go.countDown();
      assertThat(reply.get()).isEqualTo(bytes(9));
      assertThat(finished.get()).isTrue();
    }
  }

  @Test
  void aShutdownLosesItsPatience() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                running.countDown();
                never.await();
              });
      CompletableFuture<byte[]> reply = ends.client().callAsync(ends.address(), bytes(9));
      running.await();
      assertThat(ends.server().shutdown(Duration.ofMillis(20))).isFalse();
      assertThatThrownBy(reply::get).cause().isInstanceOf(RemoteAbortException.class);
      never.countDown();
    }
  }

  @Test
  void aServiceIsTakenAway() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      RunningService service = ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      assertThat(ends.client().call(ends.address(), bytes(9))).hasSize(9);
      service.close();
      service.close();
      assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(9)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.INVALID_OPERATION));
      ends.server().serve(SERVICE, call -> {});
      assertThat(ends.client().call(ends.address(), bytes(9))).isEmpty();
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static CompletableFuture<Throwable> failure(Action action) {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                action.run();
                thrown.completeExceptionally(new AssertionError("nothing was thrown"));
              } catch (Exception e) {
                thrown.complete(e);
              }
            });
    return thrown;
  }
}
