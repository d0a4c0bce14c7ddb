// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How calls fail, and what is told of it. */
class FailureTest {
  private static final CallOptions SHORT = CallOptions.DEFAULT.timeout(Duration.ofMillis(50));

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void aHandlerAbortsWithACode(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      ends.server()
          .serve(
              SERVICE,
              call -> {
                throw new CallAbort(AbortCode.OPCODE);
              });
      RemoteAbortException e =
          catchThrowableOfType(
              RemoteAbortException.class, () -> ends.client().call(ends.address(), bytes(4)));
      assertThat(e.code()).isEqualTo(AbortCode.OPCODE);
      assertThat(e.address()).isEqualTo(ends.address());
      assertThat(e).hasMessage(ends.address() + " aborted the call: RXGEN_OPCODE (-455)");
    }
  }

  @Test
  void aHandlersExceptionIsAUserAbort() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server()
          .serve(
              SERVICE,
              call -> {
                call.reply().write(new byte[100]);
                throw new IllegalArgumentException("meant to happen");
              });
      assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(4)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
      assertThat(ends.server().status().liveCalls()).isZero();
    }
  }

  @Test
  void theHandlerLearnsThatTheClientHasAborted() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<Throwable> seen = new CompletableFuture<>();
      AtomicReference<ServerCall> served = new AtomicReference<>();
      CountDownLatch running = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                served.set(call);
                running.countDown();
                try {
                  call.readAll(100);
                } catch (RxrpcException e) {
                  seen.complete(e);
                  throw e;
                }
              });
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.write(bytes(10), 0, 10);
        call.request().flush();
        running.await();
        call.abort(new AbortCode(4711));
        assertThatThrownBy(() -> call.readAll(1))
            .isInstanceOfSatisfying(
                LocalAbortException.class, e -> assertThat(e.code().value()).isEqualTo(4711))
            .hasMessageContaining("4711");
      }
      assertThat(seen.get())
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code().value()).isEqualTo(4711))
          .hasMessageContaining("client 127.0.0.1:");
      assertThat(served.get().isAborted()).isTrue();
    }
  }

  @Test
  void aCallThatIsClosedEarlyIsAborted() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<Throwable> seen = new CompletableFuture<>();
      CountDownLatch running = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                running.countDown();
                try {
                  call.readAll(100);
                } catch (RxrpcException e) {
                  seen.complete(e);
                  throw e;
                }
              });
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.write(bytes(10), 0, 10);
        call.request().flush();
        running.await();
      }
      assertThat(seen.get())
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
      assertThat(ends.client().status().bufferBytes()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void anUnknownServiceIsRefused(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      ends.server().serve(1, call -> {});
      assertThatThrownBy(() -> ends.client().call(ends.address(2), bytes(4)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.INVALID_OPERATION));
    }
  }

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void aClosedPortIsRefusedAtOnceWhereIcmpIsSeen(Ends.Way way) throws Exception {
    try (Ends ends = way.open()) {
      ends.server().close();
      if (way.kind() == io.rxrpc.udp.PortKind.LINUX) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(4)))
            .isInstanceOfSatisfying(
                NetworkErrorException.class,
                e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED))
            .hasMessage(
                "%s refused: nobody listens on UDP port %d (ECONNREFUSED)",
                ends.address(), ends.address().transport().getPort());
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(15).toNanos());
        assertThatThrownBy(
                () -> ends.client().version(ends.address().transport(), Duration.ofSeconds(60)))
            .isInstanceOf(NetworkErrorException.class);
      } else {
        assertThatThrownBy(() -> ends.client().call(ends.address(), bytes(4), SHORT))
            .isInstanceOf(CallTimeoutException.class);
      }
    }
  }

  @Test
  void aSilentPeerIsATimeout() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(Ends.DEFAULT.local());
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      RxrpcAddress to = RxrpcAddress.of("127.0.0.1", silent.getLocalPort(), SERVICE);
      assertThatThrownBy(() -> client.call(to, bytes(4), SHORT))
          .isInstanceOf(CallTimeoutException.class)
          .hasMessage(to + " timed out: the call's time limit is over (ETIME)");
      assertThatThrownBy(() -> client.version(to.transport(), Duration.ofMillis(50)))
          .isInstanceOf(CallTimeoutException.class);
      assertThatThrownBy(
              () -> {
                try (ClientCall call = client.begin(to, SHORT)) {
                  call.readAll(10);
                }
              })
          .isInstanceOf(CallTimeoutException.class);
      assertThat(client.status().liveCalls()).isZero();
      assertThat(client.status().bufferBytes()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#kinds")
  void anInterruptEndsTheCall(Ends.Way way) throws Exception {
    for (boolean virtual : new boolean[] {false, true}) {
      try (Ends ends = way.open()) {
        CompletableFuture<Throwable> served = new CompletableFuture<>();
        CompletableFuture<Throwable> called = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        ends.server()
            .serve(
                SERVICE,
                call -> {
                  caller.get().interrupt();
                  try {
                    while (true) {
                      call.write(bytes(50_000), 0, 50_000);
                    }
                  } catch (RxrpcException e) {
                    served.complete(e);
                  }
                });
        Runnable client =
            () -> {
              caller.complete(Thread.currentThread());
              try {
                ends.client().call(ends.address(), bytes(4));
              } catch (RxrpcException e) {
                called.complete(e);
              }
              flag.complete(Thread.interrupted());
            };
        Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(client);
        assertThat(called.get()).isInstanceOf(CallInterruptedException.class);
        assertThat(flag.get()).isTrue();
        assertThat(served.get())
            .isInstanceOfSatisfying(
                RemoteAbortException.class,
                e -> assertThat(e.code()).isEqualTo(AbortCode.USER_ABORT));
        thread.join();
        assertThat(ends.client().status().liveCalls()).isZero();
        assertThat(ends.client().status().bufferBytes()).isZero();
      }
    }
  }

  @Test
  void aReplyBeforeTheRequestWasSentIsAProtocolError() throws Exception {
    try (DatagramSocket rude = new DatagramSocket(Ends.DEFAULT.local());
        RxrpcEndpoint client = RxrpcEndpoint.open()) {
      Thread server =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      byte[] buffer = new byte[2000];
                      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                      rude.receive(packet);
                      MemorySegment p = MemorySegment.ofArray(buffer);
                      Header.write(
                          p,
                          0,
                          Header.epoch(p, 0),
                          Header.cid(p, 0),
                          Header.callNumber(p, 0),
                          1,
                          1,
                          PacketType.DATA,
                          Flags.LAST_PACKET,
                          0,
                          0,
                          0,
                          SERVICE);
                      packet.setLength(Header.LENGTH + 4);
                      rude.send(packet);
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      RxrpcAddress to = RxrpcAddress.of("127.0.0.1", rude.getLocalPort(), SERVICE);
      try (ClientCall call = client.begin(to)) {
        call.request().write(bytes(10));
        call.request().flush();
        assertThatThrownBy(
                () -> {
                  while (true) {
                    call.write(bytes(3000), 0, 3000);
                    call.request().flush();
                  }
                })
            .isInstanceOfSatisfying(
                LocalAbortException.class,
                e -> assertThat(e.code()).isEqualTo(AbortCode.PROTOCOL_ERROR))
            .hasMessageContaining("broke the protocol");
      }
      server.join();
    }
  }
}
