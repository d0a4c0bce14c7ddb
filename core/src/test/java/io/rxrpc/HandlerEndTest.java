// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.rxkad.ServerKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler hears of the end of its call while it is busy with something else. */
@Timeout(60)
class HandlerEndTest {
  private static final AbortCode CODE = new AbortCode(4711);

  private static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  /** Serves calls that wait for their end; each tells how it failed, or "well". */
  private static BlockingQueue<String> serveWaiting(RxrpcEndpoint server, CountDownLatch running)
      throws RxrpcException {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    server.serve(
        SERVICE,
        call -> {
          CountDownLatch over = new CountDownLatch(1);
          call.onEnd(
              () -> {
                RxrpcException failure = call.failure();
                ends.add(failure == null ? "well" : failure.getClass().getSimpleName());
                over.countDown();
              });
          running.countDown();
          over.await();
        });
    return ends;
  }

  @Test
  void aHandlerHearsThatItsClientHasAborted() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(1);
      BlockingQueue<String> heard = serveWaiting(ends.server(), running);
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.endOutput();
        running.await();
        call.abort(CODE);
        assertThat(heard.take()).isEqualTo("RemoteAbortException");
      }
    }
  }

  @Test
  void aHandlerHearsThatItsClientHasCancelledOrClosed() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(2);
      BlockingQueue<String> heard = serveWaiting(ends.server(), running);
      CompletableFuture<byte[]> future = ends.client().callAsync(ends.address(), bytes(3));
      ClientCall call = ends.client().begin(ends.address());
      call.endOutput();
      running.await();
      future.cancel(false);
      assertThat(heard.take()).isEqualTo("RemoteAbortException");
      call.close();
      assertThat(heard.take()).isEqualTo("RemoteAbortException");
    }
  }

  @Test
  void aHandlerHearsThatTheTimeIsOverAndThatItsEndpointIsClosed() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch running = new CountDownLatch(1);
      BlockingQueue<String> heard = serveWaiting(ends.server(), running);
      CompletableFuture<String> late = new CompletableFuture<>();
      ends.server()
          .serve(
              7,
              call -> {
                call.onEnd(() -> late.complete(String.valueOf(call.failure())));
                call.limit(Duration.ofMillis(20));
                late.get();
              });
      CompletableFuture<byte[]> unanswered = ends.client().callAsync(ends.address(7), bytes(3));
      assertThat(soon(late)).contains("ETIME");
      CompletableFuture<byte[]> running52 = ends.client().callAsync(ends.address(), bytes(3));
      running.await();
      ends.server().close();
      assertThat(heard.take()).isEqualTo("EndpointClosedException");
      assertThat(unanswered.handle((reply, why) -> why).get()).isNotNull();
      assertThat(running52.handle((reply, why) -> why).get()).isNotNull();
    }
  }

  @Test
  void aHandlerHearsThatItsReplyHasArrivedIfItGoesOn() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<Boolean> failed = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                call.onEnd(() -> failed.complete(call.isAborted()));
                call.write(bytes(5));
                call.endOutput();
                failed.get();
              });
      assertThat(ends.client().call(ends.address(), bytes(3))).isEqualTo(bytes(5));
      assertThat(soon(failed)).isFalse();
    }
  }

  @Test
  void severalListenersAreToldOnceEachAndOneThatComesLateAtOnce() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      AtomicInteger told = new AtomicInteger();
      CountDownLatch all = new CountDownLatch(3);
      CountDownLatch running = new CountDownLatch(1);
      CompletableFuture<Integer> finished = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                CountDownLatch first = new CountDownLatch(1);
                call.onEnd(
                    () -> {
                      throw new IllegalStateException("planted: others are told all the same");
                    });
                for (int i = 0; i < 2; i++) {
                  call.onEnd(
                      () -> {
                        told.incrementAndGet();
                        all.countDown();
                        first.countDown();
                      });
                }
                running.countDown();
                first.await();
                call.onEnd(
                    () -> {
                      told.incrementAndGet();
                      all.countDown();
                    });
                all.await();
                finished.complete(told.get());
              });
      CompletableFuture<byte[]> call = ends.client().callAsync(ends.address(), bytes(3));
      running.await();
      call.cancel(false);
      assertThat(soon(finished)).isEqualTo(3);
    }
  }

  @Test
  void nobodyIsToldWhenTheHandlerHasReturnedOrThrown() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      AtomicInteger told = new AtomicInteger();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                call.onEnd(told::incrementAndGet);
                byte[] request = call.readAll(100);
                if (request.length == 1) {
                  throw new CallAbort(CODE);
                }
                call.write(request);
              });
      for (int i = 0; i < 200; i++) {
        CompletableFuture<byte[]> call = ends.client().callAsync(ends.address(), bytes(i % 3));
        assertThat(call.handle((reply, why) -> why != null).get()).isEqualTo(i % 3 == 1);
      }
      assertThat(ends.server().shutdown(Duration.ofSeconds(30))).isTrue();
      assertThat(told).hasValue(0);
    }
  }

  @Test
  void aHandlerThatHasEndedItsReplyAndReturnsIsThrough() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              call -> {
                call.write(bytes(5));
                call.endOutput();
              });
      assertThat(ends.client().call(ends.address(), bytes(3))).isEqualTo(bytes(5));
      assertThat(ends.server().shutdown(Duration.ofSeconds(30))).isTrue();
    }
  }

  /** Waits until it is interrupted, or, if that is not to happen, until its call ends. */
  private static CallHandler waiting(boolean interrupted, CompletableFuture<Boolean> seen) {
    return call -> {
      CountDownLatch over = new CountDownLatch(1);
      if (!interrupted) {
        call.onEnd(over::countDown);
      }
      try {
        over.await();
        seen.complete(false);
      } catch (InterruptedException e) {
        seen.complete(true);
      }
    };
  }

  @Test
  void aServiceHasAChoiceOfItsOwnWhetherItsHandlersAreInterrupted() throws Exception {
    byte[] key = {1, 2, 4, 8, 16, 32, 64, (byte) 128};
    ServiceOptions both = ServiceOptions.rxkad(ServerKeys.des(1, key)).alsoUnsecured();
    CallOptions limit = CallOptions.DEFAULT.timeout(Duration.ofMillis(100));
    for (boolean all : new boolean[] {false, true}) {
      for (ServiceOptions options : List.of(ServiceOptions.UNSECURED, both)) {
        try (ExecutorService pool = Executors.newCachedThreadPool();
            RxrpcEndpoint server = interrupting(pool, all);
            RxrpcEndpoint client = RxrpcEndpoint.open()) {
          CompletableFuture<Boolean> chosen = new CompletableFuture<>();
          CompletableFuture<Boolean> untold = new CompletableFuture<>();
          server.serve(7, options.interruptHandlers(!all), waiting(!all, chosen));
          server.serve(8, options, waiting(all, untold));
          for (int service : new int[] {7, 8}) {
            RxrpcAddress at = new RxrpcAddress(server.localAddress(), service);
            assertThatThrownBy(() -> client.call(at, bytes(1), limit))
                .isInstanceOf(CallTimeoutException.class);
          }
          assertThat(soon(chosen)).as("chosen, where all are %s", all).isEqualTo(!all);
          assertThat(soon(untold)).as("as all are").isEqualTo(all);
        }
      }
    }
  }

  /** A server whose handlers wait for what never comes, in one thread that all calls share. */
  private static RxrpcEndpoint interrupting(ExecutorService pool, boolean interrupts)
      throws Exception {
    return RxrpcEndpoint.builder()
        .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .handlerExecutor(pool)
        .interruptHandlers(interrupts)
        .open();
  }

  @Test
  void aHandlersThreadIsInterruptedByChoiceAndUsedAgain() throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor();
        RxrpcEndpoint server = interrupting(pool, true);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      CountDownLatch running = new CountDownLatch(1);
      CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
      server.serve(
          7,
          call -> {
            running.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.complete(e);
              throw e;
            }
          });
      server.serve(SERVICE, call -> call.endReply(new byte[] {flag(Thread.interrupted())}));
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), 7);
      CompletableFuture<byte[]> call = client.callAsync(to, bytes(3));
      running.await();
      call.cancel(false);
      assertThat(soon(interrupted)).isInstanceOf(InterruptedException.class);
      RxrpcAddress next = new RxrpcAddress(server.localAddress(), SERVICE);
      for (int i = 0; i < 20; i++) {
        assertThat(client.call(next, bytes(1))).as("the flag of a call before").containsExactly(0);
      }
    }
  }

  @Test
  void aHandlerThatGoesOnAfterItsReplyIsNotInterrupted() throws Exception {
    try (ExecutorService pool = Executors.newCachedThreadPool();
        RxrpcEndpoint server = interrupting(pool, true);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      server.serve(
          SERVICE,
          call -> {
            CountDownLatch acknowledged = new CountDownLatch(1);
            call.onEnd(acknowledged::countDown);
            call.write(bytes(5));
            call.endOutput();
            acknowledged.await();
            interrupted.complete(Thread.currentThread().isInterrupted());
          });
      assertThat(client.call(new RxrpcAddress(server.localAddress(), SERVICE), bytes(3)))
          .isEqualTo(bytes(5));
      assertThat(soon(interrupted)).isFalse();
    }
  }

  @Test
  void aHandlersThreadIsNotInterruptedByDefault() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      CountDownLatch running = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                CountDownLatch over = new CountDownLatch(1);
                call.onEnd(over::countDown);
                running.countDown();
                over.await();
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      CompletableFuture<byte[]> call = ends.client().callAsync(ends.address(), bytes(3));
      running.await();
      call.cancel(false);
      assertThat(soon(interrupted)).isFalse();
    }
  }

  private static byte flag(boolean set) {
    return (byte) (set ? 1 : 0);
  }

  @Test
  void aProxyStopsItsUpstreamCallAtOnceWhenItsClientCancels() throws Exception {
    try (Ends upstream = Ends.DEFAULT.open();
        RxrpcEndpoint proxy =
            RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      CountDownLatch reached = new CountDownLatch(1);
      CompletableFuture<RxrpcException> stopped = new CompletableFuture<>();
      upstream
          .server()
          .serve(
              SERVICE,
              call -> {
                call.onEnd(() -> stopped.complete(call.failure()));
                reached.countDown();
                stopped.get(); // it has nothing to read or to write
              });
      proxy.serve(
          SERVICE,
          call -> {
            try (ClientCall onward = upstream.client().begin(upstream.address())) {
              call.onEnd(() -> onward.abort(CODE));
              call.input().transferTo(onward.output());
              onward.endOutput();
              onward.input().transferTo(call.output());
            }
          });
      RxrpcAddress to = new RxrpcAddress(proxy.localAddress(), SERVICE);
      try (RxrpcEndpoint client = RxrpcEndpoint.open();
          ClientCall call = client.begin(to)) {
        call.write(bytes(10_000));
        call.endOutput();
        reached.await();
        call.abort(CODE);
        assertThat(soon(stopped))
            .isInstanceOfSatisfying(
                RemoteAbortException.class, e -> assertThat(e.code()).isEqualTo(CODE));
      }
    }
  }
}
