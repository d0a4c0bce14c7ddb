// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.udp.PortKind;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers run in the loop, and whatever they do there, others are served. */
@Timeout(60)
class LoopHandlersTest {
  private static final int ODD = SERVICE + 1;

  /** What a handler may do besides answering. */
  enum Kind {
    WAITS {
      @Override
      void act(LoopHandlersTest test, RxrpcEndpoint own) throws Exception {
        test.go.await();
      }
    },
    SPINS {
      @Override
      void act(LoopHandlersTest test, RxrpcEndpoint own) {
        while (test.go.getCount() > 0) {
          Thread.onSpinWait();
        }
      }
    },
    LOCKS {
      @Override
      void act(LoopHandlersTest test, RxrpcEndpoint own) {
        test.held.lock();
        try {
          assertThat(test.go.getCount()).isZero();
        } finally {
          test.held.unlock();
        }
      }
    },
    MONITOR {
      @Override
      void act(LoopHandlersTest test, RxrpcEndpoint own) {
        synchronized (test.monitor) {
          assertThat(test.go.getCount()).isZero();
        }
      }
    },
    CALLS_ITSELF {
      @Override
      void act(LoopHandlersTest test, RxrpcEndpoint own) throws Exception {
        RxrpcAddress here = new RxrpcAddress(own.localAddress(), SERVICE);
        assertThat(own.call(here, bytes(5))).isEqualTo(bytes(5));
        test.go.await();
      }
    },
    STREAMS_THROUGH_ITSELF {
      @Override
      void act(LoopHandlersTest test, RxrpcEndpoint own) throws Exception {
        RxrpcAddress here = new RxrpcAddress(own.localAddress(), SERVICE);
        try (ClientCall call = own.begin(here)) {
          call.write(bytes(200_000));
          assertThat(call.readAll(200_000)).isEqualTo(bytes(200_000));
        }
        assertThat(own.callAsync(here, bytes(3)).get()).isEqualTo(bytes(3));
        test.go.await();
      }
    };

    abstract void act(LoopHandlersTest test, RxrpcEndpoint own) throws Exception;
  }

  private final CountDownLatch go = new CountDownLatch(1);
  private final ReentrantLock held = new ReentrantLock();
  private final Object monitor = new Object();

  static Stream<Arguments> kinds() {
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                Stream.of(PortKind.values())
                    .flatMap(
                        port -> Stream.of(true, false).map(own -> Arguments.of(kind, port, own))));
  }

  private static RxrpcEndpoint open(PortKind port, boolean adapts) throws Exception {
    RxrpcEndpoint.Builder options = RxrpcEndpoint.builder().local(Ends.DEFAULT.local()).port(port);
    return (adapts ? options.handleInLoop(true) : options.handlerExecutor(Runnable::run)).open();
  }

  private static Ends inLoop() throws Exception {
    RxrpcEndpoint server = open(PortKind.LINUX, true);
    return new Ends(server, RxrpcEndpoint.open(Ends.DEFAULT.local()));
  }

  private static boolean isLoop(Thread thread) {
    return thread.getName().startsWith("rxrpc-loop-");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatAHandlerDoesInTheLoopHoldsUpNobodyElse(Kind kind, PortKind port, boolean adapts)
      throws Exception {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    try (RxrpcEndpoint server = open(port, adapts);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(SERVICE, call -> call.endReply(call.readAll(300_000)));
      server.serve(
          ODD,
          call -> {
            ran.complete(Thread.currentThread());
            kind.act(this, server);
            call.endReply(call.readAll(100));
          });
      RxrpcAddress odd = new RxrpcAddress(server.localAddress(), ODD);
      RxrpcAddress plain = new RxrpcAddress(server.localAddress(), SERVICE);
      List<CompletableFuture<byte[]>> standing = new ArrayList<>();
      held.lock();
      try {
        synchronized (monitor) { // until the others have been served
          standing.add(client.callAsync(odd, bytes(1)));
          assertThat(isLoop(ran.get())).as("it runs in the loop").isTrue();
          standing.add(client.callAsync(odd, bytes(2)));
          for (int i = 0; i < 30; i++) {
            assertThat(client.call(plain, bytes(i * 100))).isEqualTo(bytes(i * 100));
          }
          assertThat(standing).noneMatch(CompletableFuture::isDone);
          assertThat(server.counters().get("loops-relieved")).isPositive();
          go.countDown();
        }
      } finally {
        held.unlock();
      }
      assertThat(standing.get(0).get()).isEqualTo(bytes(1));
      assertThat(standing.get(1).get()).isEqualTo(bytes(2));
      assertThat(client.call(odd, bytes(3))).as("afterwards").isEqualTo(bytes(3));
      assertThat(server.counters()).containsEntry("calls-failed", 0L);
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void handlersThatNeverComeBackHoldUpNeitherOthersNorTheEnd(PortKind port) throws Exception {
    List<Thread> stuck = new ArrayList<>();
    CountDownLatch running = new CountDownLatch(20);
    try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
      RxrpcEndpoint server = open(port, true);
      server.serve(SERVICE, call -> call.endReply(call.readAll(100)));
      server.serve(
          ODD,
          call -> {
            synchronized (stuck) {
              stuck.add(Thread.currentThread());
            }
            running.countDown();
            Thread.currentThread().join(); // for ever
          });
      for (int i = 0; i < 20; i++) {
        var _ = client.callAsync(new RxrpcAddress(server.localAddress(), ODD), bytes(i));
      }
      running.await();
      assertThat(stuck.stream().filter(LoopHandlersTest::isLoop))
          .as("the loop is lent to one of a service at a time")
          .hasSize(1);
      RxrpcAddress plain = new RxrpcAddress(server.localAddress(), SERVICE);
      for (int i = 0; i < 30; i++) {
        assertThat(client.call(plain, bytes(i))).isEqualTo(bytes(i));
      }
      server.close();
      try (DatagramSocket again = new DatagramSocket(server.localAddress())) {
        assertThat(again.isBound()).as("its port is free").isTrue();
      }
      stuck.forEach(Thread::interrupt);
      for (Thread each : stuck) {
        each.join();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void aHandlerMayThrowInTheLoopAndLeaveItInterrupted(PortKind port) throws Exception {
    AtomicInteger inLoop = new AtomicInteger();
    try (RxrpcEndpoint server = open(port, true);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(SERVICE, call -> call.endReply(call.readAll(100)));
      server.serve(
          ODD,
          call -> {
            if (isLoop(Thread.currentThread())) {
              inLoop.incrementAndGet();
            }
            byte[] which = call.readAll(10);
            Thread.currentThread().interrupt();
            switch (which.length) {
              case 1 -> throw new CallAbort(77);
              case 2 -> throw new InterruptedException("planted");
              case 3 -> throw new AssertionError("planted");
              default -> {}
            }
          });
      RxrpcAddress odd = new RxrpcAddress(server.localAddress(), ODD);
      RxrpcAddress plain = new RxrpcAddress(server.localAddress(), SERVICE);
      for (int i = 0; i < 40; i++) {
        byte[] request = bytes(i % 4);
        if (request.length == 0) {
          assertThat(client.call(odd, request)).isEmpty();
        } else {
          assertThatThrownBy(() -> client.call(odd, request))
              .isInstanceOf(RemoteAbortException.class);
        }
        assertThat(client.call(plain, bytes(i))).isEqualTo(bytes(i));
      }
      assertThat(inLoop).hasPositiveValue();
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void aHandlerMayCloseItsOwnEndpoint(PortKind port) throws Exception {
    CompletableFuture<Boolean> free = new CompletableFuture<>();
    AtomicReference<Thread> ran = new AtomicReference<>();
    RxrpcEndpoint server = open(port, true);
    try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
      server.serve(
          ODD,
          call -> {
            ran.set(Thread.currentThread());
            server.close();
            try (DatagramSocket again = new DatagramSocket(server.localAddress())) {
              free.complete(again.isBound());
            } catch (java.net.SocketException e) {
              free.completeExceptionally(e);
            }
          });
      assertThatThrownBy(() -> client.call(new RxrpcAddress(server.localAddress(), ODD), bytes(1)))
          .isInstanceOf(RxrpcException.class);
      assertThat(free.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(isLoop(ran.get())).isTrue();
      server.awaitClosed();
    }
  }

  @Test
  void aServiceThatAlwaysWaitsIsLeftToOtherThreadsAndAQuickOneStays() throws Exception {
    try (Ends ends = inLoop()) {
      AtomicInteger slow = new AtomicInteger();
      AtomicInteger quick = new AtomicInteger();
      ends.server()
          .serve(
              ODD,
              call -> {
                slow.addAndGet(isLoop(Thread.currentThread()) ? 1 : 0);
                assertThat(go.await(1, TimeUnit.MILLISECONDS)).isFalse();
                call.endReply(call.readAll(100));
              });
      ends.server()
          .serve(
              SERVICE,
              call -> {
                quick.addAndGet(isLoop(Thread.currentThread()) ? 1 : 0);
                call.endReply(call.readAll(100));
              });
      for (int i = 0; i < 300; i++) {
        ends.client().call(ends.address(ODD), bytes(2));
        ends.client().call(ends.address(), bytes(2));
      }
      assertThat(slow).hasValue(1);
      assertThat(quick).hasPositiveValue();
    }
  }

  @Test
  void aHandlerOfItsOwnExecutorNeverRunsInTheLoop() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Ends ends = inLoop()) {
      CallHandler handler =
          call -> {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            call.endReply(call.readAll(100));
          };
      ends.server().serve(SERVICE, handler.on(threads));
      for (int i = 0; i < 50; i++) {
        assertThat(ends.client().call(ends.address(), bytes(i))).isEqualTo(bytes(i));
      }
    }
  }

  @Test
  void aRequestThatIsStillComingIsAwaitedInAThreadOfItsOwn() throws Exception {
    try (Ends ends = inLoop()) {
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                ran.complete(Thread.currentThread());
                call.endReply(call.readAll(100));
              });
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.request().write(1);
        call.request().flush();
        assertThat(isLoop(ran.get())).isFalse();
        call.request().write(2);
        assertThat(call.readAll(10)).containsExactly(1, 2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PortKind.class)
  void whatDependsOnAFutureRunsInTheLoopByChoiceAndMayBlock(PortKind port) throws Exception {
    try (RxrpcEndpoint server = RxrpcEndpoint.open(Ends.DEFAULT.local());
        RxrpcEndpoint client =
            RxrpcEndpoint.builder()
                .local(Ends.DEFAULT.local())
                .port(port)
                .completeInLoop(true)
                .open()) {
      server.serve(
          SERVICE,
          call -> {
            byte[] request = call.readAll(100);
            if (request.length == 7) {
              go.await(); // until what depends on it is known
            }
            call.endReply(request);
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      CompletableFuture<byte[]> nested =
          client
              .callAsync(to, bytes(7))
              .thenApply(
                  first -> {
                    ran.complete(Thread.currentThread());
                    try {
                      return client.call(to, bytes(4));
                    } catch (RxrpcException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      go.countDown();
      assertThat(nested.get()).hasSize(4);
      assertThat(isLoop(ran.get())).isTrue();
    }
  }

  @Test
  void chainsOfFuturesInTheLoopDoNotGrowTheStack() throws Exception {
    try (RxrpcEndpoint server = RxrpcEndpoint.open(Ends.DEFAULT.local());
        RxrpcEndpoint client =
            RxrpcEndpoint.builder().local(Ends.DEFAULT.local()).completeInLoop(true).open()) {
      server.serve(SERVICE, CallHandler.blob(request -> request));
      CompletableFuture<Integer> end = new CompletableFuture<>();
      next(client, new RxrpcAddress(server.localAddress(), SERVICE), 5000, end);
      assertThat(end.get()).isZero();
    }
  }

  private static void next(
      RxrpcEndpoint client, RxrpcAddress to, int left, CompletableFuture<Integer> end) {
    if (left == 0) {
      end.complete(left);
      return;
    }
    var _ =
        client
            .callAsync(to, bytes(3))
            .whenComplete(
                (reply, e) -> {
                  if (e == null) {
                    next(client, to, left - 1, end);
                  } else {
                    end.completeExceptionally(e);
                  }
                });
  }
}
