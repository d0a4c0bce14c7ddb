// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that no thread waits for, from buffers and memory into others. */
@Timeout(60)
class AsyncBuffersTest {
  private Ends ends;

  @BeforeEach
  void open() throws IOException {
    ends = Ends.DEFAULT.open();
    ends.server().serve(SERVICE, CallHandler.blob(request -> request));
  }

  @AfterEach
  void close() {
    ends.close();
  }

  private CompletableFuture<Long> call(MemorySegment request, MemorySegment reply) {
    return ends.client().callAsync(ends.address(), request, reply, CallOptions.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 300_000})
  void fromABufferIntoABuffer(int length) throws Exception {
    for (boolean direct : new boolean[] {false, true}) {
      int size = length + 7;
      ByteBuffer request = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
      ByteBuffer reply = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
      request.put(1, bytes(length)).position(1).limit(1 + length);
      ByteBuffer sent = request.duplicate();
      reply.position(3);
      int n = ends.client().callAsync(ends.address(), request, reply, CallOptions.DEFAULT).get();
      assertThat(n).isEqualTo(length);
      assertThat(request.remaining()).isZero();
      assertThat(reply.position()).isEqualTo(3 + length);
      assertThat(reply.flip().position(3)).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 300_000})
  void fromMemoryIntoMemory(int length) throws Exception {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment request = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes(length));
      MemorySegment reply = arena.allocate(length + 5);
      assertThat(call(request, reply).get()).isEqualTo(length);
      assertThat(reply.asSlice(0, length).mismatch(request)).isEqualTo(-1);
      MemorySegment exact = arena.allocate(length);
      assertThat(call(request, exact).get()).isEqualTo(length);
      assertThat(exact.mismatch(request)).isEqualTo(-1);
    }
  }

  @Test
  void aReplyThatDoesNotFitFails() {
    for (int length : new int[] {1, 100, 5000, 300_000}) {
      CompletableFuture<Long> call =
          call(MemorySegment.ofArray(bytes(length)), MemorySegment.ofArray(new byte[length - 1]));
      assertThatThrownBy(call::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LocalErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE))
          .hasMessageContaining("more than " + (length - 1) + " bytes came");
    }
  }

  @Test
  void memoryThatOthersCannotUseIsRefusedBeforeTheCall() {
    MemorySegment heap = MemorySegment.ofArray(new byte[1]);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mine = arena.allocate(1);
      assertThatThrownBy(() -> call(mine, heap)).hasMessageContaining("only one thread");
      assertThatThrownBy(() -> call(heap, mine)).hasMessageContaining("only one thread");
    }
    assertThatThrownBy(() -> call(heap, heap.asReadOnly()))
        .isInstanceOf(IllegalArgumentException.class);
    ByteBuffer one = ByteBuffer.allocate(1);
    assertThatThrownBy(
            () ->
                ends.client()
                    .callAsync(ends.address(), one, one.asReadOnlyBuffer(), CallOptions.DEFAULT))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThat(ends.client().counters()).containsEntry("calls-started", 0L);
  }

  @Test
  void cancellingAbortsTheCall() throws Exception {
    CompletableFuture<Boolean> aborted = new CompletableFuture<>();
    ends.server()
        .serve(
            7,
            call -> {
              call.onEnd(() -> aborted.complete(true));
              aborted.get();
            });
    CompletableFuture<Integer> call =
        ends.client()
            .callAsync(
                ends.address(7),
                ByteBuffer.allocate(10_000),
                ByteBuffer.allocate(9),
                CallOptions.DEFAULT);
    while (ends.server().status().liveCalls() == 0) {
      Thread.onSpinWait();
    }
    call.cancel(false);
    assertThat(aborted.get(30, TimeUnit.SECONDS)).isTrue();
  }
}
