// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What Linux offers to callers inside the kernel, here: the table in docs/sockets.md, one test a
 * row or several.
 */
class KernelUseTest {
  private static final int SERVICE = 52;
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private RxrpcEndpoint server;
  private RxrpcEndpoint client;
  private RxrpcAddress to;

  @BeforeEach
  void open() throws IOException {
    server = RxrpcEndpoint.open(LOOPBACK);
    client =
        RxrpcEndpoint.builder()
            .local(LOOPBACK)
            .tunables(Tunables.defaults().with(Tunable.BUSY_PATIENCE, 0))
            .open();
    to = new RxrpcAddress(server.localAddress(), SERVICE);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Gathers what is received, as a listener that pulls. */
  private static final class Puller implements Runnable {
    private final Source source;
    private final StringBuilder text = new StringBuilder();
    final CompletableFuture<String> whole = new CompletableFuture<>();

    interface Source {
      int readNow(ByteBuffer buffer) throws RxrpcException;
    }

    Puller(Source source) {
      this.source = source;
    }

    @Override
    public void run() {
      ByteBuffer b = ByteBuffer.allocate(1000);
      try {
        for (int n = source.readNow(b); n != 0; n = source.readNow(b.clear())) {
          if (n < 0) {
            whole.complete(text.toString());
            return;
          }
          text.append(new String(b.array(), 0, n, StandardCharsets.ISO_8859_1));
        }
      } catch (RxrpcException e) {
        whole.completeExceptionally(e);
      }
    }
  }

  @Test
  @DisplayName("notify on receive and recv_data: a client is told, and pulls")
  void notifiedClient() throws Exception {
    String big = "x".repeat(100_000);
    server.serve(SERVICE, CallHandler.blob(request -> bytes(big)));
    try (ClientCall call = client.begin(to)) {
      Puller puller = new Puller(call::readNow);
      call.write(bytes("hello"), 0, 5);
      call.endRequest();
      call.onReadable(puller);
      assertThat(puller.whole.get(20, TimeUnit.SECONDS)).isEqualTo(big);
      assertThat(call.readNow(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(call.isLive()).isFalse();
    }
  }

  @Test
  @DisplayName("a listener that comes late is told at once, and of a failure too")
  void late() throws Exception {
    server.serve(
        SERVICE,
        call -> {
          call.readAll(100);
          throw new CallAbort(new AbortCode(4711));
        });
    try (ClientCall call = client.begin(to)) {
      Throwable failure = catchThrowable(() -> call.readAll(100));
      assertThat(failure).isInstanceOf(RemoteAbortException.class);
      Puller puller = new Puller(call::readNow);
      call.onReadable(puller);
      assertThat(catchThrowable(() -> puller.whole.get(20, TimeUnit.SECONDS)))
          .hasCauseInstanceOf(RemoteAbortException.class);
      assertThat(call.isLive()).isFalse();
    }
  }

  @Test
  @DisplayName("charge_accept with callbacks: calls without a thread; beyond the charges BUSY")
  void charged() throws Exception {
    try (ChargedService service = server.serveCharged(SERVICE, ServiceOptions.UNSECURED)) {
      assertThat(service.serviceId()).isEqualTo(SERVICE);
      assertThatExceptionOfType(ServerBusyException.class)
          .isThrownBy(() -> client.call(to, bytes("too early")));
      Consumer<ServerCall> echo =
          call -> {
            Puller puller = new Puller(call::readNow);
            var _ =
                puller.whole.thenAccept(
                    request -> {
                      try (call) {
                        call.write(bytes(request), 0, request.length());
                        call.endReply();
                      } catch (RxrpcException e) {
                        throw new AssertionError(e);
                      }
                    });
            call.onReadable(puller);
          };
      service.charge(echo);
      service.charge(echo);
      assertThat(service.charged()).isEqualTo(2);
      assertThat(client.call(to, bytes("one"))).isEqualTo(bytes("one"));
      assertThat(client.call(to, bytes("two"))).isEqualTo(bytes("two"));
      assertThat(service.charged()).isZero();
      assertThatExceptionOfType(ServerBusyException.class)
          .isThrownBy(() -> client.call(to, bytes("too many")));
      service.charge(
          call -> {
            throw new IllegalStateException("on purpose");
          });
      assertThatExceptionOfType(RemoteAbortException.class)
          .isThrownBy(() -> client.call(to, bytes("fails")))
          .satisfies(e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
    }
    assertThatExceptionOfType(RemoteAbortException.class)
        .isThrownBy(() -> client.call(to, bytes("gone")));
  }

  @Test
  @DisplayName("reject_call: the client is told BUSY, and its next try is a new call")
  void rejected() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    server.serve(
        SERVICE,
        call -> {
          if (first.getCount() > 0) {
            first.countDown();
            call.reject();
          } else {
            call.endReply(call.readAll(100));
          }
        });
    assertThatExceptionOfType(ServerBusyException.class)
        .isThrownBy(() -> client.call(to, bytes("hello")));
    assertThat(client.call(to, bytes("hello"))).isEqualTo(bytes("hello"));
  }

  @Test
  @DisplayName("what has been read cannot be rejected")
  void tooLate() throws Exception {
    BlockingQueue<Throwable> thrown = new ArrayBlockingQueue<>(1);
    server.serve(
        SERVICE,
        call -> {
          call.readAll(100);
          thrown.add(catchThrowable(call::reject));
        });
    client.call(to, bytes("hello"));
    assertThat(thrown.take()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("set_tx_length: neither more nor less, on both sides")
  void lengths() throws Exception {
    BlockingQueue<Throwable> thrown = new ArrayBlockingQueue<>(1);
    server.serve(
        SERVICE,
        call -> {
          byte[] request = call.readAll(100);
          call.replyLength(request.length);
          thrown.add(catchThrowable(call::endReply));
          call.write(request, 0, request.length);
        });
    try (ClientCall call = client.begin(to)) {
      call.requestLength(5);
      assertThatIllegalStateException().isThrownBy(() -> call.requestLength(6));
      call.write(bytes("hel"), 0, 3);
      assertTooLong(catchThrowable(() -> call.write(bytes("lolo"), 0, 4)));
      assertTooLong(catchThrowable(call::endRequest));
      assertTooLong(catchThrowable(() -> call.read(new byte[1], 0, 1)));
      call.write(bytes("lo"), 0, 2);
      assertThat(call.readAll(100)).isEqualTo(bytes("hello"));
    }
    assertTooLong(thrown.take());
  }

  private static void assertTooLong(Throwable t) {
    assertThat(t)
        .isInstanceOfSatisfying(
            LocalErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE));
  }

  @Test
  @DisplayName("check_life, probe_life, get_srtt, get_epoch, get_peer: what is known of a call")
  void life() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Integer> epoch = new CompletableFuture<>();
    server.serve(
        SERVICE,
        call -> {
          call.readAll(100);
          assertThat(call.isLive()).isTrue();
          assertThat(call.client()).isEqualTo(client.localAddress());
          assertThat(call.silence()).isGreaterThanOrEqualTo(Duration.ZERO);
          call.probe();
          epoch.complete(call.epoch());
          end.await();
        });
    try (ClientCall call = client.begin(to)) {
      call.endRequest();
      assertThat(epoch.get(20, TimeUnit.SECONDS)).isEqualTo(call.epoch()).isNegative();
      assertThat(call.peer()).isEqualTo(to);
      assertThat(call.isLive()).isTrue();
      long pings = server.counters().get("pings-received");
      call.probe();
      while (server.counters().get("pings-received") == pings
          || client.counters().get("acks-received") < 2) {
        Thread.onSpinWait();
      }
      assertThat(call.silence()).isLessThan(Duration.ofSeconds(20));
      assertThat(call.roundTrip()).isPositive();
      end.countDown();
      assertThat(call.readAll(0)).isEmpty();
      assertThat(call.isLive()).isFalse();
    }
  }

  @Test
  @DisplayName("set_max_life: from now on, on both sides")
  void maxLife() throws Exception {
    BlockingQueue<Throwable> thrown = new ArrayBlockingQueue<>(1);
    server.serve(
        SERVICE,
        call -> {
          call.limit(Duration.ofMillis(50));
          thrown.add(catchThrowable(() -> call.readAll(100)));
        });
    try (ClientCall call = client.begin(to)) {
      call.request().write(bytes("never ended"));
      call.request().flush();
      assertThat(thrown.take()).isInstanceOf(RxrpcException.class);
    }
    try (ClientCall call =
        client.begin(RxrpcAddress.of("127.0.0.1", to.transport().getPort(), 9))) {
      call.limit(Duration.ofNanos(1));
      assertThatExceptionOfType(RxrpcException.class).isThrownBy(() -> call.readAll(100));
    }
  }

  @Test
  @DisplayName("abort_call, shutdown_call: the server learns of both")
  void ends() throws Exception {
    BlockingQueue<Throwable> thrown = new ArrayBlockingQueue<>(1);
    Semaphore served = new Semaphore(0);
    server.serve(
        SERVICE,
        call -> {
          served.release();
          thrown.add(catchThrowable(() -> call.readAll(100)));
        });
    try (ClientCall call = client.begin(to)) {
      call.request().write(bytes("x"));
      call.request().flush();
      served.acquire(); // a call that ends before its handler begins has none
      call.abort(new AbortCode(17));
    }
    assertThat(thrown.take())
        .isInstanceOfSatisfying(
            RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(17));
    ClientCall closed = client.begin(to);
    closed.request().write(bytes("x"));
    closed.request().flush();
    served.acquire();
    closed.close();
    assertThat(thrown.take())
        .isInstanceOfSatisfying(
            RemoteAbortException.class, e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
  }
}
