// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls that stand still, on the same endpoints, the same connection and with little packet memory:
 * others do not notice.
 */
class NeighboursTest {
  /** As many as the channels of one connection but one. */
  private static final int STANDING = 3;

  private static final int BULK = 2 << 20;

  private final CountDownLatch go = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CompletableFuture<Void>> standing = new ArrayList<>();
  private Ends ends;

  @BeforeEach
  void open() throws Exception {
    Tunables t = Tunables.fromProperties().with(Tunable.BUFFER_BYTES, 8 << 20);
    ends = Ends.DEFAULT.open(t);
    ends.server().serve(SERVICE, call -> call.endReply(call.readAll(BULK)));
  }

  @AfterEach
  void close() {
    go.countDown();
    ends.close();
    threads.close();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void stand(Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    standing.add(done);
    threads.execute(
        () -> {
          try {
            work.run();
            done.complete(null);
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
  }

  /** Small and large calls go through while the others stand, and these when they may. */
  private void othersAreServed() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(ends.client().call(ends.address(), bytes(i))).isEqualTo(bytes(i));
    }
    assertThat(ends.client().call(ends.address(), bytes(BULK))).isEqualTo(bytes(BULK));
    assertThat(standing).noneMatch(CompletableFuture::isDone);
    go.countDown();
    for (CompletableFuture<Void> each : standing) {
      each.get();
    }
    assertThat(ends.client().counters()).containsEntry("calls-failed", 0L);
    assertThat(ends.server().counters()).containsEntry("calls-failed", 0L);
  }

  /** Waits until the server has got nothing new for a while. */
  private void untilNothingMoves(RxrpcEndpoint receiver) throws InterruptedException {
    long before = -1;
    long now = receiver.counters().get("data-received");
    while (now != before || now < 100) {
      before = now;
      assertThat(go.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
      now = receiver.counters().get("data-received");
    }
  }

  @Test
  void aStalledHandlerHoldsUpNobodyElse() throws Exception {
    CountDownLatch running = new CountDownLatch(STANDING);
    ends.server()
        .serve(
            SERVICE + 1,
            call -> {
              running.countDown();
              go.await();
              call.endReply(call.readAll(100));
            });
    for (int i = 0; i < STANDING; i++) {
      stand(
          () ->
              assertThat(ends.client().call(ends.address(SERVICE + 1), bytes(10)))
                  .isEqualTo(bytes(10)));
    }
    running.await();
    othersAreServed();
  }

  @Test
  void aHandlerThatReadsNothingHoldsUpNobodyElse() throws Exception {
    ends.server()
        .serve(
            SERVICE + 1,
            call -> {
              go.await();
              call.endReply(new byte[] {(byte) call.readAll(BULK).length});
            });
    for (int i = 0; i < STANDING; i++) {
      stand(() -> ends.client().call(ends.address(SERVICE + 1), bytes(BULK)));
    }
    untilNothingMoves(ends.server());
    othersAreServed();
  }

  @Test
  void aClientThatReadsNothingHoldsUpNobodyElse() throws Exception {
    ends.server().serve(SERVICE + 1, call -> call.endReply(bytes(BULK)));
    for (int i = 0; i < STANDING; i++) {
      stand(
          () -> {
            try (ClientCall call = ends.client().begin(ends.address(SERVICE + 1))) {
              call.request().close();
              go.await();
              assertThat(call.readAll(BULK)).isEqualTo(bytes(BULK));
            }
          });
    }
    untilNothingMoves(ends.client());
    othersAreServed();
  }

  @Test
  void aClientThatWritesSlowlyHoldsUpNobodyElse() throws Exception {
    CountDownLatch begun = new CountDownLatch(STANDING);
    ends.server()
        .serve(
            SERVICE + 1,
            call -> {
              assertThat(call.request().read()).isEqualTo(1);
              begun.countDown();
              call.endReply(call.readAll(100));
            });
    for (int i = 0; i < STANDING; i++) {
      stand(
          () -> {
            try (ClientCall call = ends.client().begin(ends.address(SERVICE + 1))) {
              call.request().write(1);
              call.request().flush();
              go.await();
              call.request().write(2);
              call.request().close();
              assertThat(call.readAll(10)).containsExactly(2);
            }
          });
    }
    begun.await();
    othersAreServed();
  }

  @Test
  void aHandlerThatWritesSlowlyHoldsUpNobodyElse() throws Exception {
    ends.server()
        .serve(
            SERVICE + 1,
            call -> {
              call.reply().write(1);
              call.reply().flush();
              go.await();
              call.reply().write(2);
            });
    CountDownLatch begun = new CountDownLatch(STANDING);
    for (int i = 0; i < STANDING; i++) {
      stand(
          () -> {
            try (ClientCall call = ends.client().begin(ends.address(SERVICE + 1))) {
              call.request().close();
              assertThat(call.reply().read()).isEqualTo(1);
              begun.countDown();
              assertThat(call.readAll(10)).containsExactly(2);
            }
          });
    }
    begun.await();
    othersAreServed();
  }

  /** Listeners run on the executor, not in the loop. */
  @Test
  void aListenerThatStandsHoldsUpNobodyElse() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (ClientCall call = ends.client().begin(ends.address())) {
      call.onReadable(
          () -> {
            told.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      try {
        call.request().write(bytes(10));
        call.request().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      told.await();
      othersAreServed();
      assertThat(call.readAll(10)).isEqualTo(bytes(10));
    }
  }

  @Test
  void aThousandSilentCallsHoldUpNobodyElse() throws Exception {
    ends.server()
        .serve(
            SERVICE + 1,
            call -> {
              go.await();
              call.endReply(call.readAll(100));
            });
    for (int i = 0; i < 1000; i++) {
      stand(() -> ends.client().call(ends.address(SERVICE + 1), bytes(10)));
    }
    while (ends.server().status().liveCalls() < 1000) {
      assertThat(go.await(10, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
    }
    othersAreServed();
    assertThat(ends.server().shutdown(Duration.ofMinutes(1))).isTrue();
  }
}
