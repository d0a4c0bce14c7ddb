// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.DriverCall;
import io.rxrpc.security.SecurityLevel;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What calls made and calls served have in common: a request and a reply of any length, one written
 * and the other read. Blocking methods are made for virtual threads.
 *
 * <p>One thread at a time may write, and one may read (a second one gets an IllegalStateException);
 * {@link #abort} may be called by any thread. All blocking methods throw a {@link RxrpcException}
 * when the call fails, and {@link CallInterruptedException} when the thread is interrupted, which
 * aborts the call.
 */
public abstract sealed class RxrpcCall implements AutoCloseable permits ClientCall, ServerCall {
  final DriverCall call;
  final CallPipe pipe;

  RxrpcCall(DriverCall call, CallPipe pipe) {
    this.call = call;
    this.pipe = pipe;
  }

  // what this side sends: the request of a client, the reply of a server

  /**
   * Writes the whole of an array; see {@link #write(byte[], int, int)}.
   *
   * @param bytes the data
   * @throws RxrpcException if the call fails, or has failed
   */
  public final void write(byte[] bytes) throws RxrpcException {
    pipe.write(bytes, 0, bytes.length);
  }

  /**
   * Writes a piece of what this side sends: copies it, and waits while the windows are full. What
   * is written leaves in blocks, of 64 KiB at most; the flush of the stream sends what is there.
   *
   * @param buffer the data
   * @param offset where they begin
   * @param length how many bytes
   * @throws IllegalStateException when it has been ended
   * @throws RxrpcException if the call fails, or has failed
   */
  public final void write(byte[] buffer, int offset, int length) throws RxrpcException {
    pipe.write(buffer, offset, length);
  }

  /**
   * The same with what remains in a buffer, on the heap or off it; its position moves.
   *
   * @param buffer the data, from its position to its limit
   * @throws RxrpcException if the call fails, or has failed
   */
  public final void write(ByteBuffer buffer) throws RxrpcException {
    pipe.write(buffer);
  }

  /**
   * The same with a piece of memory, also of an arena that only this thread may use.
   *
   * @param memory the data
   * @throws RxrpcException if the call fails, or has failed
   */
  public final void write(MemorySegment memory) throws RxrpcException {
    pipe.write(memory);
  }

  /**
   * Writes what there is room for, without waiting. What a served call has not read of its request
   * is discarded by it, and nothing is taken before all of the request has come.
   *
   * @param buffer on the heap or off it; copied, its position moves
   * @return bytes taken; less than remain: {@link #onWritable} tells when to go on
   * @throws IllegalStateException when it has been ended
   * @throws RxrpcException if the call fails, or has failed
   */
  public final int writeNow(ByteBuffer buffer) throws RxrpcException {
    return pipe.writeNow(buffer);
  }

  /**
   * Has a listener told, on the endpoint's handler executor: at once, then whenever {@link
   * #writeNow} or {@link #endOutputNow} may go on that could not, and when the call is over. It is
   * never told by two threads at once. Another listener takes the place of the first.
   *
   * @param listener told of it
   */
  public final void onWritable(Runnable listener) {
    pipe.onWritable(listener);
  }

  /**
   * Sends what was written so far, though it may fill no block.
   *
   * @throws IllegalStateException when another thread writes
   * @throws RxrpcException if the call fails, or has failed
   */
  public final void flush() throws RxrpcException {
    pipe.flush();
  }

  /**
   * Announces how much this side will send in all. Writing more, or ending it with less, is a
   * {@link LocalErrorException} with EMSGSIZE and does nothing.
   *
   * @param bytes 0 or more
   * @throws IllegalStateException when it has begun, or its length is known
   */
  public final void outputLength(long bytes) {
    pipe.length(bytes);
  }

  /**
   * Ends what this side sends, and waits while there is no room for its last packet. Repeated calls
   * do nothing.
   *
   * @throws RxrpcException if the call fails, or has failed
   */
  public final void endOutput() throws RxrpcException {
    pipe.end();
  }

  /**
   * Ends what this side sends, if that can be done without waiting.
   *
   * @return whether it has been ended; if not, {@link #onWritable} tells when to try again
   * @throws RxrpcException if the call fails, or has failed
   */
  public final boolean endOutputNow() throws RxrpcException {
    return pipe.endNow();
  }

  /**
   * {@return what this side sends as a stream} Its flush sends what was written, its close ends it.
   */
  public final OutputStream output() {
    return pipe.output();
  }

  /** {@return what this side sends as a channel, whose writes wait for room} Its close ends it. */
  public final WritableByteChannel outputChannel() {
    return new WriteChannel(pipe);
  }

  // what the other side sends: the reply for a client, the request for a server

  /** {@return what the other side sends as a stream} Its close does nothing to the call. */
  public final InputStream input() {
    return pipe.input();
  }

  /**
   * {@return what the other side sends as a channel, whose reads wait} Its close does nothing to
   * the call.
   */
  public final ReadableByteChannel inputChannel() {
    return new ReadChannel(pipe);
  }

  /**
   * Reads from what the other side sends and waits until there is something. A client's request is
   * ended by it, if that was not done.
   *
   * @param buffer the data
   * @param offset where they begin
   * @param length how many bytes
   * @return bytes read, at least 1 unless {@code length} is 0; -1 at the end
   * @throws RxrpcException if the call fails, or has failed
   */
  public final int read(byte[] buffer, int offset, int length) throws RxrpcException {
    return pipe.read(buffer, offset, length);
  }

  /**
   * {@return the same into what remains of a buffer, on the heap or off it; its position moves}
   *
   * @param buffer the data, from its position to its limit
   * @throws RxrpcException if the call fails, or has failed
   */
  public final int read(ByteBuffer buffer) throws RxrpcException {
    return pipe.read(buffer);
  }

  /**
   * The same into a piece of memory, also of an arena that only this thread may use.
   *
   * @param memory the data
   * @return bytes read, at least 1 unless there is no room; -1 at the end
   * @throws RxrpcException if the call fails, or has failed
   */
  public final int read(MemorySegment memory) throws RxrpcException {
    return pipe.read(memory);
  }

  /**
   * Reads the rest of what the other side sends. A client's request is ended by it, if that was not
   * done.
   *
   * @param maxBytes the most that is taken; if there is more, the call is aborted and a {@link
   *     LocalErrorException} with EMSGSIZE thrown
   * @return the data
   * @throws RxrpcException if the call fails, or has failed
   */
  public final byte[] readAll(int maxBytes) throws RxrpcException {
    return pipe.readAll(maxBytes);
  }

  /**
   * Reads what is there, without waiting. A client's request is ended by it, if that was not done
   * and there is room for its end.
   *
   * @param buffer on the heap or off it; its position moves
   * @return bytes read; 0 when nothing is there yet, or no room; -1 at the end
   * @throws RxrpcException if the call fails, or has failed
   */
  public final int readNow(ByteBuffer buffer) throws RxrpcException {
    return pipe.readNow(buffer);
  }

  /**
   * Has a listener told, on the endpoint's handler executor, whenever there may be something to
   * read, and when the call is over: {@link #readNow} finds out. It is never told by two threads at
   * once. Another listener takes the place of the first.
   *
   * @param listener told of it
   */
  public final void onReadable(Runnable listener) {
    pipe.onReadable(listener);
  }

  // the call as a whole

  /**
   * Ends the call: the other side is told the code. Does nothing when the call is over.
   *
   * @param code what the peer is told
   */
  public final void abort(AbortCode code) {
    call.abort(code.value());
  }

  /**
   * {@return the protection in force on the call's connection, both ways; null without
   * security, and as long as a client's call waits for a connection}
   */
  public final @Nullable SecurityLevel level() {
    return call.level();
  }

  /**
   * {@return the service id, 1..65535: of a client's call the one that answers, as far as is known}
   */
  public abstract int serviceId();

  /** {@return the smoothed round-trip time to the other side; zero when it is not known yet} */
  public final Duration roundTrip() {
    return Duration.ofNanos(call.roundTrip());
  }

  /**
   * Ends the call if it is not through in time, whatever limit it had.
   *
   * @param fromNow above zero
   */
  public final void limit(Duration fromNow) {
    pipe.limit(fromNow);
  }

  /**
   * {@return whether the call is not over; a client's is when it failed or its reply was read to
   * the end}
   */
  public final boolean isLive() {
    return call.isLive();
  }

  /** {@return why the call failed, as reading or writing would throw it; null if it has not} */
  public final @Nullable RxrpcException failure() {
    return pipe.failure();
  }

  /** Asks the other side for a sign of life, which {@link #silence} will show. Does not wait. */
  public final void probe() {
    call.probe();
  }

  /** {@return how long ago the other side gave a sign of life, or, if not yet, the call began} */
  public final Duration silence() {
    return Duration.ofNanos(call.silence());
  }

  /** {@return the epoch of the call's connection; 0 while the call waits for one} */
  public final int epoch() {
    return call.epoch();
  }

  /** Lets go of the call; one that is not through is aborted with RX_USER_ABORT. */
  @Override
  public void close() {
    call.close();
  }
}
