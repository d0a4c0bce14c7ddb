// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that no thread waits for. */
class AsyncTest {
  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void blobsOfAllSizes(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      List<CompletableFuture<byte[]>> replies = new ArrayList<>();
      int[] lengths = {0, 1, 1412, 1413, 5000, 70_000, 1 << 20};
      for (int length : lengths) {
        replies.add(ends.client().callAsync(ends.address(), bytes(length)));
      }
      for (int i = 0; i < lengths.length; i++) {
        assertThat(replies.get(i).get()).isEqualTo(bytes(lengths[i]));
      }
      assertThat(ends.client().status().bufferBytes()).isZero();
    }
  }

  @Test
  void moreCallsThanChannels() throws Exception {
    Tunables narrow = Tunables.fromProperties().with(Tunable.BUNDLE_CONNECTIONS, 2);
    try (Ends ends = Ends.DEFAULT.open(narrow)) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      List<CompletableFuture<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        replies.add(ends.client().callAsync(ends.address(), bytes(i)));
      }
      for (int i = 0; i < 500; i++) {
        assertThat(replies.get(i).get()).isEqualTo(bytes(i));
      }
      assertThat(ends.client().status().clientConnections()).isEqualTo(2);
    }
  }

  @Test
  void whatFollowsDoesNotRunInTheLoop() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch attached = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                attached.await();
                call.endReply(call.readAll(100));
              });
      CountDownLatch chained = new CountDownLatch(1);
      CompletableFuture<byte[]> nested =
          ends.client()
              .callAsync(ends.address(), bytes(3))
              .thenApply(
                  first -> {
                    try {
                      chained.await(); // a loop that waited here would never serve the next call
                      return ends.client().call(ends.address(), bytes(4));
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      attached.countDown();
      assertThat(ends.client().call(ends.address(), bytes(5))).hasSize(5);
      chained.countDown();
      assertThat(nested.get()).hasSize(4);
    }
  }

  @Test
  void failuresComeAsExceptions() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              call -> {
                throw new CallAbort(77);
              });
      assertThatThrownBy(() -> ends.client().callAsync(ends.address(), bytes(3)).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(77));
      assertThatThrownBy(
              () ->
                  ends.client()
                      .callAsync(ends.address(), bytes(3), CallOptions.DEFAULT.maxReply(0))
                      .get())
          .cause()
          .isInstanceOf(RemoteAbortException.class);
      ends.client().close();
      assertThatThrownBy(() -> ends.client().callAsync(ends.address(), bytes(3)).get())
          .cause()
          .isInstanceOf(EndpointClosedException.class);
    }
  }

  @Test
  void aReplyBeyondTheBoundFails() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      for (int length : new int[] {11, 100_000}) {
        assertThatThrownBy(
                () ->
                    ends.client()
                        .callAsync(ends.address(), bytes(length), CallOptions.DEFAULT.maxReply(10))
                        .get())
            .cause()
            .isInstanceOf(LocalErrorException.class);
      }
    }
  }

  @Test
  void cancellingAbortsTheCall() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(1);
      CompletableFuture<Throwable> seen = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                running.countDown();
                try {
                  while (true) {
                    call.write(bytes(50_000), 0, 50_000);
                  }
                } catch (RxrpcException e) {
                  seen.complete(e);
                }
              });
      CompletableFuture<byte[]> reply =
          ends.client().callAsync(ends.address(), bytes(3), CallOptions.DEFAULT.maxReply(1 << 30));
      running.await();
      assertThat(reply.cancel(true)).isTrue();
      assertThatThrownBy(reply::get).isInstanceOf(CancellationException.class);
      assertThat(seen.get())
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
    }
  }
}
