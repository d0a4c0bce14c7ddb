package io.rxrpc;

import io.rxrpc.driver.DriverCall;
import io.rxrpc.security.Level;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A call that this side makes: first the request is written and ended, then the reply is read; both
 * may be of any length. Blocking methods are made for virtual threads.
 *
 * <p>One thread at a time may write, and one may read (a second one gets an IllegalStateException);
 * {@link #abort} and {@link #close} may be called by any thread. All blocking methods throw a
 * {@link RxrpcException} when the call fails, and {@link CallInterruptedException} when the thread
 * is interrupted, which aborts the call.
 */
public final class ClientCall implements AutoCloseable {
  private final DriverCall call;
  private final RxrpcAddress address;
  private final CallPipe pipe;

  ClientCall(DriverCall call, RxrpcAddress address, Executor executor) {
    this.call = call;
    this.address = address;
    pipe = new CallPipe(call, address, executor, failure -> Failures.of(failure, address));
  }

  /**
   * Writes a piece of the request: copies it, and waits while the windows are full. What is written
   * leaves in blocks, of 64 KiB at most; {@link #request()}'s flush sends what is there.
   *
   * @throws IllegalStateException when the request has been ended
   */
  public void write(byte[] buffer, int offset, int length) throws RxrpcException {
    pipe.write(buffer, offset, length);
  }

  /** The same with what remains in a buffer, on the heap or off it; its position moves. */
  public void write(ByteBuffer buffer) throws RxrpcException {
    pipe.write(buffer);
  }

  /** The request as a stream. Its flush sends what was written, its close ends the request. */
  public OutputStream request() {
    return pipe.output();
  }

  /**
   * Announces how long the request will be. Writing more, or ending it with less, is a {@link
   * LocalErrorException} with EMSGSIZE and does nothing.
   *
   * @param bytes 0 or more
   * @throws IllegalStateException when the request has begun, or its length is known
   */
  public void requestLength(long bytes) {
    pipe.length(bytes);
  }

  /** Ends the request. Repeated calls do nothing. */
  public void endRequest() throws RxrpcException {
    pipe.end();
  }

  /**
   * Reads from the reply and waits until there is something. Ends the request if that was not done.
   *
   * @return bytes read, at least 1 unless {@code length} is 0; -1 at the end of the reply
   */
  public int read(byte[] buffer, int offset, int length) throws RxrpcException {
    return pipe.read(buffer, offset, length);
  }

  /** The same into what remains of a buffer, on the heap or off it; its position moves. */
  public int read(ByteBuffer buffer) throws RxrpcException {
    return pipe.read(buffer);
  }

  /** The reply as a stream. Its close does nothing. */
  public InputStream reply() {
    return pipe.input();
  }

  /**
   * Reads the rest of the reply. Ends the request if that was not done.
   *
   * @param maxBytes the most that is taken; if there is more, the call is aborted and a {@link
   *     LocalErrorException} with EMSGSIZE thrown
   */
  public byte[] readAll(int maxBytes) throws RxrpcException {
    return pipe.readAll(maxBytes);
  }

  /**
   * Reads what is there, without waiting.
   *
   * @param buffer on the heap or off it; its position moves
   * @return bytes read; 0 when nothing is there yet, or no room; -1 at the end of the reply
   */
  public int readNow(ByteBuffer buffer) throws RxrpcException {
    return pipe.readNow(buffer);
  }

  /**
   * Has a listener told, on the endpoint's handler executor, whenever there may be something to
   * read, and when the call is over: {@link #readNow} finds out. It is never told by two threads at
   * once. Another listener takes the place of the first.
   */
  public void onReadable(Runnable listener) {
    pipe.onReadable(listener);
  }

  /** Ends the call: the server is told the code. Does nothing when the call is over. */
  public void abort(AbortCode code) {
    call.abort(code.value());
  }

  /**
   * The protection in force on the call's connection; null without security, and as long as
   * the call waits for a connection.
   */
  public @Nullable Level level() {
    return call.level();
  }

  /** The service that is called. */
  public RxrpcAddress peer() {
    return address;
  }

  /** The service id, 1..65535. */
  public int serviceId() {
    return address.serviceId();
  }

  /** The smoothed round-trip time to the server; zero when it is not known yet. */
  public Duration roundTrip() {
    return Duration.ofNanos(call.roundTrip());
  }

  /**
   * Ends the call if it is not through in time, whatever limit it had.
   *
   * @param fromNow above zero
   */
  public void limit(Duration fromNow) {
    pipe.limit(fromNow);
  }

  /** Whether the call has not failed, and its reply has not been read to the end. */
  public boolean isLive() {
    return call.isLive();
  }

  /** Asks the server for a sign of life, which {@link #silence} will show. Does not wait. */
  public void probe() {
    call.probe();
  }

  /** How long ago the server gave a sign of life, or, if it has not yet, the call began. */
  public Duration silence() {
    return Duration.ofNanos(call.silence());
  }

  /** The epoch of the call's connection; 0 while the call waits for one. */
  public int epoch() {
    return call.epoch();
  }

  /** Lets go of the call; one that is not through is aborted with RX_USER_ABORT. */
  @Override
  public void close() {
    call.close();
  }
}
