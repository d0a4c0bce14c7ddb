// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rxrpc.udp.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls are written from and read into: arrays, buffers, memory, channels, and no waiting. */
@Timeout(60)
class CallBuffersTest {
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

  private static Errno errno(LocalErrorException e) {
    return e.errno() == null ? Errno.EIO : e.errno();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 300_000})
  void aCallFromABufferIntoABuffer(int length) throws Exception {
    byte[] data = bytes(length + 2);
    for (boolean direct : new boolean[] {false, true}) {
      ByteBuffer request = direct ? ByteBuffer.allocateDirect(length + 2) : ByteBuffer.wrap(data);
      if (direct) {
        request.put(data).rewind();
      }
      request.position(1).limit(length + 1);
      ByteBuffer reply =
          direct ? ByteBuffer.allocateDirect(length + 7) : ByteBuffer.allocate(length + 7);
      reply.position(3);
      int n =
          ends.client()
              .call(ends.address(), request.asReadOnlyBuffer(), reply, CallOptions.DEFAULT);
      assertThat(n).isEqualTo(length);
      assertThat(reply.position()).isEqualTo(3 + length);
      assertThat(reply.flip().position(3)).isEqualTo(request);
      ends.client().call(ends.address(), request, reply.clear(), CallOptions.DEFAULT);
      assertThat(request.remaining()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 300_000})
  void aCallFromMemoryIntoMemoryOfThisThreadAlone(int length) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes(length));
      MemorySegment reply = arena.allocate(length + 5);
      long n = ends.client().call(ends.address(), request, reply, CallOptions.DEFAULT);
      assertThat(n).isEqualTo(length);
      assertThat(reply.asSlice(0, n).mismatch(request)).isEqualTo(-1);
      MemorySegment exact = arena.allocate(length);
      ends.client().call(ends.address(), request, exact, CallOptions.DEFAULT);
      assertThat(exact.mismatch(request)).isEqualTo(-1);
    }
  }

  @Test
  void aReplyThatDoesNotFitIsRefusedAndSaysSo() {
    for (int length : new int[] {1, 100, 5000, 300_000}) {
      MemorySegment tooShort = MemorySegment.ofArray(new byte[length - 1]);
      LocalErrorException e =
          catchThrowableOfType(
              LocalErrorException.class,
              () ->
                  ends.client()
                      .call(
                          ends.address(),
                          MemorySegment.ofArray(bytes(length)),
                          tooShort,
                          CallOptions.DEFAULT));
      assertThat(errno(e)).isEqualTo(Errno.EMSGSIZE);
      assertThat(e).hasMessageContaining("more than " + (length - 1) + " bytes came");
    }
  }

  @Test
  void memoryThatCannotBeWrittenIsRefusedBeforeTheCall() {
    assertThatThrownBy(
            () ->
                ends.client()
                    .call(
                        ends.address(),
                        ByteBuffer.allocate(1),
                        ByteBuffer.allocate(1).asReadOnlyBuffer(),
                        CallOptions.DEFAULT))
        .isInstanceOf(ReadOnlyBufferException.class);
    assertThatThrownBy(
            () ->
                ends.client()
                    .call(
                        ends.address(),
                        MemorySegment.ofArray(new byte[1]),
                        MemorySegment.ofArray(new byte[1]).asReadOnly(),
                        CallOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ends.client().counters()).containsEntry("calls-started", 0L);
  }

  /** The same code for a call made and a call served. */
  private static void say(RxrpcCall call, byte[] said) throws IOException {
    call.outputLength(said.length + 2L);
    call.write(new byte[] {1});
    call.output().write(said);
    call.flush();
    call.write(MemorySegment.ofArray(new byte[] {2}));
    call.endOutput();
  }

  @Test
  void bothStreamsAndTheEndAreThereForCallsOfEitherKind() throws Exception {
    ends.server().serve(7, call -> say(call, call.input().readAllBytes()));
    try (ClientCall call = ends.client().begin(ends.address(7))) {
      say(call, bytes(20_000));
      byte[] reply = call.input().readAllBytes();
      assertThat(reply).hasSize(20_004).startsWith(1, 1).endsWith(2, 2);
      assertThat(Arrays.copyOfRange(reply, 2, 20_002)).isEqualTo(bytes(20_000));
    }
  }

  @Test
  void aCallAsChannels() throws Exception {
    ends.server()
        .serve(
            7,
            call -> {
              try (ReadableByteChannel in = call.inputChannel();
                  WritableByteChannel out = call.outputChannel()) {
                byte[] all = Channels.newInputStream(in).readAllBytes();
                assertThat(out.write(ByteBuffer.wrap(all))).isEqualTo(all.length);
              }
            });
    byte[] data = bytes(200_000);
    try (ClientCall call = ends.client().begin(ends.address(7))) {
      WritableByteChannel out = call.outputChannel();
      ByteBuffer buffer = ByteBuffer.allocateDirect(data.length).put(data).flip();
      assertThat(out.write(buffer)).isEqualTo(data.length);
      assertThat(buffer.hasRemaining()).isFalse();
      assertThat(out.isOpen()).isTrue();
      out.close();
      assertThat(out.isOpen()).isFalse();
      assertThatThrownBy(() -> out.write(ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedChannelException.class);
      ReadableByteChannel in = call.inputChannel();
      assertThat(Channels.newInputStream(in).readAllBytes()).isEqualTo(data);
      assertThat(in.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      in.close();
      assertThatThrownBy(() -> in.read(ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void memoryOfThisThreadAloneIsWrittenAndRead() throws Exception {
    byte[] data = bytes(50_000);
    try (Arena arena = Arena.ofConfined();
        ClientCall call = ends.client().begin(ends.address())) {
      call.write(arena.allocateFrom(ValueLayout.JAVA_BYTE, data));
      MemorySegment reply = arena.allocate(data.length);
      long n = 0;
      for (int more = call.read(reply); more >= 0; more = call.read(reply.asSlice(n))) {
        n += more;
        if (n == data.length) {
          break;
        }
      }
      assertThat(reply.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(data);
      assertThat(call.read(new byte[1], 0, 1)).isEqualTo(-1);
    }
  }

  /** Writes a blob as there is room, ends it, and never waits. */
  private static final class Pusher implements Runnable {
    private final RxrpcCall call;
    private final ByteBuffer data;
    final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private int pauses;

    Pusher(RxrpcCall call, byte[] data) {
      this.call = call;
      this.data = ByteBuffer.wrap(data);
    }

    @Override
    public void run() {
      if (ended.isDone()) {
        return;
      }
      try {
        if (data.hasRemaining()) {
          call.writeNow(data);
        }
        if (!data.hasRemaining() && call.endOutputNow()) {
          ended.complete(pauses);
        } else {
          pauses++;
        }
      } catch (RxrpcException e) {
        ended.completeExceptionally(e);
      }
    }
  }

  /** Reads a blob as it comes, and never waits. */
  private static final class Puller implements Runnable {
    private final RxrpcCall call;
    private final ByteBuffer data = ByteBuffer.allocate(8 << 20);
    final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    Puller(RxrpcCall call) {
      this.call = call;
    }

    @Override
    public void run() {
      try {
        int n = call.readNow(data);
        while (n > 0) {
          n = call.readNow(data);
        }
        if (n < 0) {
          byte[] all = new byte[data.flip().remaining()];
          data.get(all);
          whole.complete(all);
        }
      } catch (RxrpcException e) {
        whole.completeExceptionally(e);
      }
    }
  }

  @Test
  void aRequestAndAReplyAreWrittenWithoutWaiting() throws Exception {
    byte[] data = new byte[6 << 20];
    ThreadLocalRandom.current().nextBytes(data);
    ChargedService charged = ends.server().serveCharged(7, ServiceOptions.UNSECURED);
    charged.charge(
        call -> {
          Puller puller = new Puller(call);
          call.onReadable(puller);
          var _ =
              puller.whole.thenAccept(
                  request -> {
                    Pusher back = new Pusher(call, request);
                    var _ = back.ended.whenComplete((pauses, failure) -> call.close());
                    call.onWritable(back);
                  });
        });
    try (ClientCall call = ends.client().begin(ends.address(7))) {
      Pusher pusher = new Pusher(call, data);
      call.onWritable(pusher);
      assertThat(pusher.ended.get(30, TimeUnit.SECONDS)).isPositive(); // it had to pause
      Puller puller = new Puller(call);
      call.onReadable(puller);
      assertThat(puller.whole.get(30, TimeUnit.SECONDS)).isEqualTo(data);
    }
  }

  @Test
  void whatIsUnreadIsDiscardedByAReplyThatDoesNotWait() throws Exception {
    ChargedService charged = ends.server().serveCharged(7, ServiceOptions.UNSECURED);
    charged.charge(
        call -> {
          Pusher back = new Pusher(call, bytes(100));
          var _ = back.ended.whenComplete((pauses, failure) -> call.close());
          call.onWritable(back);
        });
    assertThat(ends.client().call(ends.address(7), new byte[3 << 20])).isEqualTo(bytes(100));
  }

  @Test
  void aWriterThatDoesNotWaitLearnsOfTheEnd() throws Exception {
    ends.server()
        .serve(
            7,
            call -> {
              throw new CallAbort(new AbortCode(4711));
            });
    try (ClientCall call = ends.client().begin(ends.address(7))) {
      Pusher pusher = new Pusher(call, new byte[64 << 20]);
      call.onWritable(pusher);
      assertThat(pusher.ended.handle((n, why) -> why).get(30, TimeUnit.SECONDS))
          .isInstanceOf(RemoteAbortException.class);
      assertThat(call.failure()).isInstanceOf(RemoteAbortException.class);
    }
  }

  @Test
  void whatIsEndedTakesNothingMore() throws Exception {
    try (ClientCall call = ends.client().begin(ends.address())) {
      call.outputLength(3);
      LocalErrorException e =
          catchThrowableOfType(
              LocalErrorException.class, () -> call.writeNow(ByteBuffer.allocate(4)));
      assertThat(errno(e)).isEqualTo(Errno.EMSGSIZE);
      e = catchThrowableOfType(LocalErrorException.class, call::endOutputNow);
      assertThat(errno(e)).isEqualTo(Errno.EMSGSIZE);
      call.write(bytes(3));
      assertThat(call.endOutputNow()).isTrue();
      assertThat(call.endOutputNow()).isTrue();
      assertThatThrownBy(() -> call.writeNow(ByteBuffer.allocate(1)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(call.readAll(10)).isEqualTo(bytes(3));
      assertThat(call.failure()).isNull();
    }
  }
}
