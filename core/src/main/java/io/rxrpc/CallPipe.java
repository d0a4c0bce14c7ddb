package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Both directions of a call, with the failures of the API. */
final class CallPipe implements ReadStream.Source, WriteStream.Sink {
  private final DriverCall call;
  private final RxrpcAddress address;
  private final Function<CallFailure, RxrpcException> failures;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  CallPipe(DriverCall call, RxrpcAddress address, Function<CallFailure, RxrpcException> failures) {
    this.call = call;
    this.address = address;
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
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    int n = read(MemorySegment.ofBuffer(buffer), 0, buffer.remaining());
    if (n > 0) {
      buffer.position(buffer.position() + n);
    }
    return n;
  }

  private int read(MemorySegment to, int offset, int length) throws RxrpcException {
    try {
      endOwnRequest();
      return call.in().read(to, offset, length);
    } catch (CallFailure e) {
      throw failures.apply(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  byte[] readAll(int most) throws RxrpcException {
    if (most < 0) {
      throw new IllegalArgumentException("at most " + most + " bytes");
    }
    try {
      endOwnRequest();
      return call.in().readWhole(most);
    } catch (CallFailure e) {
      throw failures.apply(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** A client that reads has said what it had to say. */
  private void endOwnRequest() throws CallFailure, InterruptedException {
    if (call.isClient() && !call.out().ended()) {
      call.out().finish();
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

  private void write(MemorySegment from, int offset, int length) throws RxrpcException {
    try {
      call.out().write(from, offset, length);
    } catch (CallFailure e) {
      throw failures.apply(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void flush() throws RxrpcException {
    try {
      call.out().flush();
    } catch (CallFailure e) {
      throw failures.apply(e);
    }
  }

  @Override
  public void end() throws RxrpcException {
    try {
      call.out().finish();
    } catch (CallFailure e) {
      throw failures.apply(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Served call: the last bytes of the reply, and the call is let go of. */
  void endWith(byte[] last) throws RxrpcException {
    try {
      call.finish(last);
    } catch (CallFailure e) {
      throw failures.apply(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private CallInterruptedException interrupted(InterruptedException why) {
    call.abort(AbortCode.USER_ABORT.value());
    return Failures.interrupted(why, address, address.toString());
  }
}
