// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.udp.Errno;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Both directions of a call, with the failures of the API. */
final class CallPipe implements ReadStream.Source, WriteStream.Sink {
  private static final long UNKNOWN = -1;

  /** Never started: stands for whichever thread takes a step of a call. */
  private static final Thread ANY =
      Surroundings.machine().threads().thread("anybody", true, () -> {});

  private final DriverCall call;
  private final RxrpcAddress address;
  private final Function<CallFailure, RxrpcException> failures;
  private @Nullable RxrpcException failure;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  /** Told of what can be read. */
  private final Executor executor;

  /** What will be written in all, or {@link #UNKNOWN}. */
  private long announced = UNKNOWN;

  private long written;

  CallPipe(
      DriverCall call,
      RxrpcAddress address,
      Executor executor,
      Function<CallFailure, RxrpcException> failures) {
    this.call = call;
    this.address = address;
    this.executor = executor;
    this.failures = failures;
  }

  DriverCall call() {
    return call;
  }

  InputStream input() {
    InputStream stream = input;
    if (stream == null) {
      stream = new ReadStream(this);
      input = stream;
    }
    return stream;
  }

  OutputStream output() {
    OutputStream stream = output;
    if (stream == null) {
      stream = new WriteStream(this);
      output = stream;
    }
    return stream;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws RxrpcException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    return read(MemorySegment.ofArray(buffer), offset, length);
  }

  int read(ByteBuffer buffer) throws RxrpcException {
    checkWritable(buffer);
    int n = read(MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
    if (n > 0) {
      buffer.position(buffer.position() + n);
    }
    return n;
  }

  static void checkWritable(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
  }

  static void checkWritable(MemorySegment memory) {
    if (memory.isReadOnly()) {
      throw new IllegalArgumentException("memory that cannot be written to");
    }
  }

  /** The memory, if all threads may use it. */
  static MemorySegment checkShared(MemorySegment memory) {
    if (!memory.isAccessibleBy(ANY)) {
      throw new IllegalArgumentException(
          "memory that only one thread may use: the call needs a shared or automatic arena");
    }
    return memory;
  }

  int read(MemorySegment to) throws RxrpcException {
    checkWritable(to);
    return read(to, 0, (int) Math.min(to.byteSize(), Integer.MAX_VALUE));
  }

  private int read(MemorySegment to, int offset, int length) throws RxrpcException {
    try {
      expectEnd();
      return call.in().read(to, offset, length);
    } catch (CallFailure e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  int readNow(ByteBuffer buffer) throws RxrpcException {
    checkWritable(buffer);
    try {
      if (call.isClient() && !call.out().ended()) {
        expectEnd();
        if (!call.out().finishNow()) {
          return 0; // there is no room for the request's end yet
        }
      }
      int n = call.in().readNow(MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
      if (n > 0) {
        buffer.position(buffer.position() + n);
      }
      return n;
    } catch (CallFailure e) {
      throw failed(e);
    }
  }

  void onReadable(Runnable listener) {
    call.listeners().onReadable(executor, Objects.requireNonNull(listener, "listener"));
  }

  void onWritable(Runnable listener) {
    call.listeners().onWritable(executor, Objects.requireNonNull(listener, "listener"));
  }

  void onEnd(Runnable listener) {
    call.listeners().onEnd(executor, Objects.requireNonNull(listener, "listener"));
  }

  /** Why the call failed, or null if it has not. */
  @Nullable RxrpcException failure() {
    RxrpcException known = failure;
    CallFailure why = known == null ? call.whyFailed() : null;
    return why == null ? known : failed(why);
  }

  private RxrpcException failed(CallFailure why) {
    RxrpcException e = failures.apply(why);
    failure = e;
    return e;
  }

  void limit(Duration fromNow) {
    if (fromNow.isNegative() || fromNow.isZero()) {
      throw new IllegalArgumentException("a time limit of " + fromNow);
    }
    call.limit(fromNow.toNanos());
  }

  /** Announces the length of what will be written. */
  void length(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a length of " + bytes + " bytes");
    }
    if (announced != UNKNOWN || call.out().begun() || call.out().ended()) {
      throw new IllegalStateException("its length is known, or it has begun");
    }
    announced = bytes;
  }

  /** Checks what is about to be written against what was announced, and counts it. */
  private void expect(long more, boolean last) throws RxrpcException {
    check(more, last);
    count(more);
  }

  private void check(long more, boolean last) throws RxrpcException {
    if (announced == UNKNOWN || call.out().ended()) {
      return;
    }
    long left = announced - written;
    if (more > left || (last && more != left)) {
      String why = left + " bytes are left of the announced length, not " + more;
      throw failures.apply(CallFailure.local(Errno.EMSGSIZE, why)); // the call goes on
    }
  }

  private void count(long more) {
    if (!call.out().ended()) {
      written += more;
    }
  }

  byte[] readAll(int most) throws RxrpcException {
    if (most < 0) {
      throw new IllegalArgumentException("at most " + most + " bytes");
    }
    try {
      expectEnd();
      return call.in().readWhole(most);
    } catch (CallFailure e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Reading ends a client's own request: it must be what was announced. */
  private void expectEnd() throws RxrpcException {
    if (call.isClient()) {
      expect(0, true);
    }
  }

  @Override
  public int atHand() {
    return call.in().atHand();
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws RxrpcException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    write(MemorySegment.ofArray(buffer), offset, length);
  }

  void write(ByteBuffer buffer) throws RxrpcException {
    write(MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
    buffer.position(buffer.limit());
  }

  void write(MemorySegment from) throws RxrpcException {
    write(from, 0, from.byteSize());
  }

  int writeNow(ByteBuffer buffer) throws RxrpcException {
    check(buffer.remaining(), false);
    try {
      int n = call.out().writeNow(MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
      count(n);
      buffer.position(buffer.position() + n);
      return n;
    } catch (CallFailure e) {
      throw failed(e);
    }
  }

  boolean endNow() throws RxrpcException {
    check(0, true);
    try {
      return call.out().finishNow();
    } catch (CallFailure e) {
      throw failed(e);
    }
  }

  private void write(MemorySegment from, long offset, long length) throws RxrpcException {
    expect(length, false);
    try {
      call.out().write(from, offset, length);
    } catch (CallFailure e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void flush() throws RxrpcException {
    try {
      call.out().flush();
    } catch (CallFailure e) {
      throw failed(e);
    }
  }

  @Override
  public void end() throws RxrpcException {
    expect(0, true);
    try {
      call.out().finish();
    } catch (CallFailure e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Served call: the last bytes of the reply, and the call is let go of. */
  void endWith(byte[] last) throws RxrpcException {
    expect(last.length, true);
    try {
      call.finish(last);
    } catch (CallFailure e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The thread was interrupted, which aborts the call. */
  private CallInterruptedException interrupted(InterruptedException why) {
    call.abort(AbortCode.USER_ABORT.value());
    return Failures.interrupted(why, address, address.toString());
  }
}
