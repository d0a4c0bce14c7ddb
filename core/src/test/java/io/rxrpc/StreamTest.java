// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.DataInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and replies that are never held as a whole. */
class StreamTest {
  private static final int PIECE = 50_000;
  private static final int PIECES = 400;

  @ParameterizedTest
  @MethodSource("io.rxrpc.Ends#ways")
  void streamsArriveIntactBothWays(Ends.Way way) throws Exception {
    byte[] piece = bytes(PIECE);
    CRC32 expected = new CRC32();
    for (int i = 0; i < PIECES; i++) {
      expected.update(piece);
    }
    try (Ends ends = way.open()) {
      ends.server()
          .serve(
              SERVICE,
              call -> {
                long sum = checksum(call.request());
                OutputStream reply = call.reply();
                reply.write(ByteBuffer.allocate(8).putLong(sum).array());
                for (int i = 0; i < PIECES; i++) {
                  reply.write(piece);
                }
              });
      try (ClientCall call = ends.client().begin(ends.address())) {
        for (int i = 0; i < PIECES; i++) {
          call.write(piece, 0, piece.length);
        }
        call.endRequest();
        DataInputStream reply = new DataInputStream(call.reply());
        assertThat(reply.readLong()).isEqualTo(expected.getValue());
        assertThat(checksum(reply)).isEqualTo(expected.getValue());
      }
      assertThat(ends.client().status().bufferBytes()).isZero();
    }
  }

  private static long checksum(InputStream in) throws Exception {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
    checked.transferTo(OutputStream.nullOutputStream());
    return checked.getChecksum().getValue();
  }

  @Test
  void oddPiecesAndBuffersOfBothKinds() throws Exception {
    byte[] data = bytes(30_011);
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      try (ClientCall call = ends.client().begin(ends.address())) {
        int at = 0;
        for (int n = 1; at < data.length; n = n * 3 % 1021) {
          int length = Math.min(n, data.length - at);
          ByteBuffer piece = ByteBuffer.allocateDirect(length).put(data, at, length).flip();
          call.write(piece);
          assertThat(piece.hasRemaining()).isFalse();
          at += length;
        }
        ByteBuffer reply = ByteBuffer.allocateDirect(data.length + 1);
        int n = 0;
        while (n >= 0) {
          reply.limit(Math.min(reply.capacity(), reply.position() + 777));
          n = call.read(reply);
        }
        byte[] got = new byte[reply.flip().limit()];
        reply.get(got);
        assertThat(got).isEqualTo(data);
        assertThat(call.read(new byte[1], 0, 1)).isEqualTo(-1);
      }
    }
  }

  @Test
  void flushedDataArrivesBeforeTheEnd() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      BlockingQueue<Integer> seen = new ArrayBlockingQueue<>(10);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                for (int b = call.request().read(); b >= 0; b = call.request().read()) {
                  seen.add(b);
                }
                call.reply().write(9);
                call.reply().flush();
                seen.add(-1);
                call.readAll(1); // the request was read to its end: that stays so
              });
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.request().flush();
        for (int b = 1; b <= 3; b++) {
          call.request().write(b);
          call.request().flush();
          assertThat(seen.take()).isEqualTo(b);
        }
        call.request().close();
        assertThat(call.reply().read()).isEqualTo(9);
        assertThat(seen.take()).isEqualTo(-1);
        assertThat(call.reply().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aSlowReaderHoldsTheWriterAndNothingGrows() throws Exception {
    // packets of one size, so that a window has as many as it tells
    Tunables small =
        Tunables.fromProperties().with(Tunable.BUFFER_BYTES, 4 << 20).with(Tunable.MAX_DATA, 1412);
    try (Ends ends = Ends.DEFAULT.open(small)) {
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> got = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                go.await();
                got.complete(checksum(call.request()));
              });
      CRC32 sent = new CRC32();
      byte[] piece = bytes(PIECE);
      CountDownLatch through = new CountDownLatch(1);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (ClientCall call = ends.client().begin(ends.address())) {
                      for (int i = 0; i < PIECES; i++) {
                        sent.update(piece);
                        call.write(piece, 0, piece.length);
                      }
                      call.readAll(0);
                      through.countDown();
                    } catch (RxrpcException e) {
                      got.completeExceptionally(e);
                    }
                  });
      // the windows are full when the server has acked all it has room for; the last packet comes
      // again now and then
      long before = -1;
      while (before != distinct(ends.server()) || before < 255) {
        before = distinct(ends.server());
        assertThat(through.getCount()).isEqualTo(1);
        assertThat(writer.isAlive()).isTrue();
        writer.join(Duration.ofMillis(200));
      }
      assertThat(distinct(ends.server())).as("one window").isEqualTo(255);
      assertThat(ends.server().status().bufferBytes()).isLessThan(1 << 20);
      assertThat(ends.client().status().bufferBytes()).isLessThan(2 << 20);
      go.countDown();
      through.await();
      assertThat(got.get()).isEqualTo(sent.getValue());
    }
  }

  /** Packets of data received, those not counted that had come before. */
  private static long distinct(RxrpcEndpoint endpoint) {
    Map<String, Long> counts = endpoint.counters();
    return counts.get("data-received") - counts.get("data-duplicate");
  }

  @Test
  void whatIsNotReadIsDiscardedWhenTheReplyBegins() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CompletableFuture<Throwable> late = new CompletableFuture<>();
      ends.server()
          .serve(
              SERVICE,
              call -> {
                call.read(new byte[10], 0, 10);
                call.reply().write(1);
                try {
                  call.read(new byte[10], 0, 10);
                } catch (IllegalStateException e) {
                  late.complete(e);
                }
              });
      assertThat(ends.client().call(ends.address(), bytes(1 << 20))).containsExactly(1);
      assertThat(late.get()).hasMessageContaining("the reply has begun");
      // a handler that looks at nothing
      ends.server().serve(7, call -> {});
      assertThat(ends.client().call(ends.address(7), bytes(1 << 20))).isEmpty();
      assertThat(ends.client().call(ends.address(7), bytes(0))).isEmpty();
    }
  }

  @Test
  void writingAfterTheEndIsAnErrorOfTheProgram() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      ends.server().serve(SERVICE, CallHandler.blob(request -> request));
      try (ClientCall call = ends.client().begin(ends.address())) {
        call.write(new byte[10], 0, 10);
        call.endRequest();
        call.endRequest();
        assertThatThrownBy(() -> call.write(new byte[1], 0, 1))
            .isInstanceOf(IllegalStateException.class);
        assertThat(call.readAll(10)).hasSize(10);
        assertThat(call.peer()).isEqualTo(ends.address());
        call.close();
        call.close();
        assertThatThrownBy(() -> call.readAll(10)).isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void aSecondReaderIsRefused() throws Exception {
    try (Ends ends = Ends.DEFAULT.open()) {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      ends.server()
          .serve(
              SERVICE,
              call -> {
                call.reply().write(1);
                call.reply().flush();
                inside.await();
                go.await();
              });
      try (ClientCall call = ends.client().begin(ends.address())) {
        assertThat(call.reply().read()).isEqualTo(1);
        CompletableFuture<Integer> first = new CompletableFuture<>();
        Thread reader =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        first.complete(call.reply().read());
                      } catch (Exception e) {
                        first.completeExceptionally(e);
                      }
                    });
        while (reader.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        assertThatThrownBy(() -> call.read(new byte[1], 0, 1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("another thread reads");
        inside.countDown();
        go.countDown();
        assertThat(first.get()).isEqualTo(-1);
      }
    }
  }
}
