// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code of others that fails, and executors that take no more: others go on. */
@Tag("long")
class HandlerFaultsTest {
  private static final Logger LOG = Logger.getLogger("io.rxrpc");

  private final List<LogRecord> logged = Collections.synchronizedList(new ArrayList<>());
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(recorder);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(recorder);
  }

  private List<LogRecord> warnings() {
    synchronized (logged) {
      return logged.stream().filter(r -> r.getLevel().intValue() > Level.INFO.intValue()).toList();
    }
  }

  /** How a handler may fail, besides throwing a CallAbort. */
  enum Fault {
    CHECKED {
      @Override
      void happen() throws Exception {
        throw new java.io.IOException("planted");
      }
    },
    UNCHECKED {
      @Override
      void happen() {
        throw new IllegalStateException("planted");
      }
    },
    ERROR {
      @Override
      void happen() {
        throw new AssertionError("planted");
      }
    },
    STACK {
      @Override
      void happen() {
        deeper(1);
      }

      private int deeper(int n) {
        return n == 0 ? 0 : deeper(n + 1) + 1;
      }
    },
    MEMORY {
      @Override
      void happen() {
        assertThat(new long[Integer.MAX_VALUE]).as("more than there can be").isNotNull();
      }
    };

    abstract void happen() throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aHandlerThatFailsAbortsItsCallAndNoOther(Fault fault) throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch failed = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                failed.await();
                call.endReply(call.readAll(100));
              });
      ends.server()
          .serve(
              SERVICE + 1,
              call -> {
                call.write(bytes(10), 0, 10);
                fault.happen();
              });
      CompletableFuture<byte[]> beside = ends.client().callAsync(ends.address(), bytes(7));
      RemoteAbortException e =
          catchThrowableOfType(
              RemoteAbortException.class,
              () -> ends.client().call(ends.address(SERVICE + 1), bytes(4)));
      assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT);
      failed.countDown();
      assertThat(beside.get()).isEqualTo(bytes(7));
      assertThat(ends.client().call(ends.address(), bytes(9))).isEqualTo(bytes(9));
      ends.server().shutdown(Duration.ofMinutes(1)); // the handler has said what it says
      assertThat(warnings())
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.getThrown()).as("no stack trace").isNull();
                assertThat(line.getMessage())
                    .startsWith("handler of service 53 failed, its call from 127.0.0.1:")
                    .contains(" is aborted with RX_USER_ABORT (-6): java.")
                    .doesNotContain("\n");
              });
    }
  }

  private static RxrpcEndpoint server(Executor executor) throws Exception {
    Tunables t = Tunables.fromProperties().with(Tunable.BUSY_PATIENCE, Duration.ofMillis(200));
    return RxrpcEndpoint.builder()
        .local(Ends.DEFAULT.local())
        .tunables(t)
        .handlerExecutor(executor)
        .open();
  }

  /** Runs at most so many, and refuses the rest. */
  private static Executor atMost(int most) {
    Semaphore places = new Semaphore(most);
    return task -> {
      if (!places.tryAcquire()) {
        throw new RejectedExecutionException("all threads are taken");
      }
      Thread.startVirtualThread(
          () -> {
            try {
              task.run();
            } finally {
              places.release();
            }
          });
    };
  }

  @Test
  void whatTheExecutorRefusesIsAnsweredBusyAndCounted() throws Exception {
    try (RxrpcEndpoint server = server(atMost(1));
        RxrpcEndpoint client = server(Thread::startVirtualThread)) {
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch running = new CountDownLatch(1);
      server.serve(
          SERVICE,
          call -> {
            running.countDown();
            go.await();
            call.endReply(call.readAll(100));
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      CompletableFuture<byte[]> first = client.callAsync(to, bytes(1));
      running.await();
      assertThat(catchThrowableOfType(RxrpcException.class, () -> client.call(to, bytes(2))))
          .isInstanceOf(ServerBusyException.class);
      assertThat(server.counters().get("executions-refused")).isPositive();
      assertThat(warnings().getFirst().getMessage())
          .startsWith("no thread for it: a call of service 52 is answered BUSY (1 so far)");
      go.countDown();
      assertThat(first.get()).isEqualTo(bytes(1));
      assertThat(client.call(to, bytes(3))).as("when a thread is free").isEqualTo(bytes(3));
      server.shutdown(Duration.ofMinutes(1));
      assertThat(server.status().bufferBytes()).isZero();
    }
  }

  @Test
  void aCallThatWaitsForAThreadGoesThroughWhenThereIsOne() throws Exception {
    try (RxrpcEndpoint server = server(atMost(1));
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      CountDownLatch go = new CountDownLatch(1);
      server.serve(
          SERVICE,
          call -> {
            go.await();
            call.endReply(call.readAll(100));
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      List<CompletableFuture<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        replies.add(client.callAsync(to, bytes(i)));
      }
      while (server.counters().get("executions-refused") < 2) {
        Thread.onSpinWait();
      }
      go.countDown();
      for (int i = 0; i < 3; i++) {
        assertThat(replies.get(i).get()).isEqualTo(bytes(i));
      }
    }
  }

  @Test
  void aClientsFutureFailsWhenItsExecutorTakesNoMore() throws Exception {
    AtomicBoolean refusing = new AtomicBoolean();
    Executor moody =
        task -> {
          if (refusing.get()) {
            throw new RejectedExecutionException("no more");
          }
          Thread.startVirtualThread(task);
        };
    try (RxrpcEndpoint server = server(Thread::startVirtualThread);
        RxrpcEndpoint client = server(moody)) {
      CountDownLatch go = new CountDownLatch(1);
      server.serve(
          SERVICE,
          call -> {
            go.await();
            call.endReply(call.readAll(100));
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      refusing.set(true);
      CompletableFuture<byte[]> lost = client.callAsync(to, bytes(5));
      go.countDown();
      assertThat(catchThrowableOfType(java.util.concurrent.ExecutionException.class, lost::get))
          .hasCauseInstanceOf(LocalErrorException.class)
          .hasRootCauseInstanceOf(RejectedExecutionException.class)
          .cause()
          .satisfies(e -> assertThat(((LocalErrorException) e).errno()).isEqualTo(Errno.EAGAIN));
      assertThat(client.counters()).containsEntry("executions-refused", 1L);
      assertThat(client.call(to, bytes(6))).as("threads need none").isEqualTo(bytes(6));
      refusing.set(false);
      assertThat(client.callAsync(to, bytes(8)).get()).isEqualTo(bytes(8));
    }
  }

  @Test
  void aCallWhoseListenerCannotBeToldIsAborted() throws Exception {
    AtomicBoolean refusing = new AtomicBoolean();
    Executor moody =
        task -> {
          if (refusing.get()) {
            throw new RejectedExecutionException("no more");
          }
          Thread.startVirtualThread(task);
        };
    try (RxrpcEndpoint server = server(moody);
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      CountDownLatch listening = new CountDownLatch(1);
      ChargedService charged = server.serveCharged(SERVICE, ServiceOptions.UNSECURED);
      charged.charge(
          call -> {
            call.onReadable(() -> {});
            refusing.set(true);
            listening.countDown();
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      try (ClientCall call = client.begin(to)) {
        call.request().write(1);
        call.request().flush();
        listening.await();
        RemoteAbortException e =
            catchThrowableOfType(
                RemoteAbortException.class,
                () -> {
                  while (true) {
                    call.request().write(bytes(1000));
                    call.request().flush();
                  }
                });
        assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT);
      }
      assertThat(server.counters().get("executions-refused")).isPositive();
      assertThat(server.status().liveCalls()).isZero();
    }
  }

  @Test
  void aListenerThatFailsIsToldAgain() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<Void> toldAgain = new CompletableFuture<>();
      AtomicBoolean failed = new AtomicBoolean();
      ends.server().serve(SERVICE, call -> call.endReply(call.readAll(100)));
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.onReadable(
            () -> {
              if (failed.getAndSet(true)) {
                toldAgain.complete(null);
              }
              throw new AssertionError("planted");
            });
        call.request().write(bytes(10));
        call.request().close();
        assertThat(call.readAll(10)).isEqualTo(bytes(10));
      }
      // the reply was at least one occasion; the end of the call, or a part of it, another
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.onReadable(
            () -> {
              if (call.isLive()) {
                throw new AssertionError("planted");
              }
              toldAgain.complete(null);
            });
        call.abort(new AbortCode(7));
        toldAgain.get();
      }
    }
  }
}
