// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.machine.Surroundings;
import io.rxrpc.machine.Threads;
import io.rxrpc.machine.Time;
import io.rxrpc.udp.DatagramPort;
import io.rxrpc.udp.DatagramPorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint runs on the port, clock, random source and threads that it is given. */
@Timeout(60)
class SurroundingsTest {
  private static final Surroundings MACHINE = Surroundings.machine();

  private static RxrpcEndpoint open(Surroundings around) throws IOException {
    return RxrpcEndpoint.builder()
        .surroundings(around)
        .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .open();
  }

  private static void echo(RxrpcEndpoint server, RxrpcEndpoint client) throws RxrpcException {
    server.serve(SERVICE, CallHandler.blob(request -> request));
    RxrpcAddress at = new RxrpcAddress(server.localAddress(), SERVICE);
    assertThat(client.call(at, bytes(5000))).isEqualTo(bytes(5000));
  }

  @Test
  void thePort() throws Exception {
    AtomicReference<@Nullable DatagramPort> given = new AtomicReference<>();
    Surroundings around =
        MACHINE.withPorts(
            options -> {
              DatagramPort port = DatagramPorts.open(options);
              given.set(port);
              return port;
            });
    try (RxrpcEndpoint server = open(around);
        RxrpcEndpoint client = open(MACHINE)) {
      DatagramPort port = given.get();
      assertThat(port).isNotNull();
      assertThat(server.localAddress()).isEqualTo(port.localAddress());
      echo(server, client);
      port.close(); // whoever gave it may take it away
      server.awaitClosed();
      assertThatThrownBy(() -> server.serve(7, call -> {}))
          .isInstanceOf(EndpointClosedException.class);
    }
  }

  @Test
  void theRandomSource() throws Exception {
    AtomicInteger drawn = new AtomicInteger();
    SecureRandom random =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            drawn.incrementAndGet();
            super.nextBytes(bytes);
          }
        };
    try (RxrpcEndpoint client = open(MACHINE.withRandom(random));
        RxrpcEndpoint server = open(MACHINE)) {
      echo(server, client);
      assertThat(drawn).hasPositiveValue();
    }
  }

  /** The machine's time, with what waits and who is woken told. */
  private static final class Told implements Time {
    private final Time machine = MACHINE.time();
    final AtomicInteger waits = new AtomicInteger();
    final AtomicInteger readings = new AtomicInteger();

    @Override
    public long nanoTime() {
      readings.incrementAndGet();
      return machine.nanoTime();
    }

    @Override
    public InstantSource wallClock() {
      return () -> Instant.EPOCH;
    }

    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void park(Object blocker) {
      waits.incrementAndGet();
      machine.park(blocker);
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
      waits.incrementAndGet();
      machine.parkNanos(blocker, nanos);
    }

    @Override
    public void unpark(@Nullable Thread thread) {
      machine.unpark(thread);
    }
  }

  @Test
  void theClockAndTheWaits() throws Exception {
    Told time = new Told();
    try (RxrpcEndpoint client = open(MACHINE.withTime(time));
        RxrpcEndpoint server = open(MACHINE)) {
      LinkedBlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
      server.serve(
          7,
          call -> {
            asked.add(1);
            while (time.waits.get() == 0) {
              Thread.onSpinWait(); // the caller is going to wait
            }
            call.endReply(bytes(3));
          });
      client.call(new RxrpcAddress(server.localAddress(), 7), bytes(1));
      assertThat(asked).hasSize(1);
      assertThat(time.readings).hasPositiveValue();
      int before = time.waits.get();
      // one that answers may have done so before the wait begins
      try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        InetSocketAddress nobody = (InetSocketAddress) silent.getLocalSocketAddress();
        assertThatThrownBy(() -> client.version(nobody, Duration.ofMillis(100)))
            .isInstanceOf(RxrpcException.class);
      }
      assertThat(time.waits).hasValueGreaterThan(before);
    }
  }

  @Test
  void theThreads() throws Exception {
    Queue<String> started = new ConcurrentLinkedQueue<>();
    Threads machine = MACHINE.threads();
    Threads told =
        new Threads() {
          @Override
          public Thread thread(String name, boolean daemon, Runnable task) {
            started.add((daemon ? "" : "no daemon ") + name.replaceAll("[0-9]+", "N"));
            return machine.thread(name, daemon, task);
          }

          @Override
          public void join(Thread thread) throws InterruptedException {
            machine.join(thread);
          }

          @Override
          public Executor handlers() {
            return task -> {
              started.add("handler");
              machine.handlers().execute(task);
            };
          }

          @Override
          public ExecutorService workers(String name) {
            started.add("workers");
            return machine.workers(name);
          }
        };
    try (RxrpcEndpoint server = open(MACHINE.withThreads(told));
        RxrpcEndpoint client = open(MACHINE)) {
      echo(server, client);
      assertThat(started)
          .containsExactly("workers", "rxrpc-loop-N", "no daemon rxrpc-serves-N", "handler");
    }
  }
}
