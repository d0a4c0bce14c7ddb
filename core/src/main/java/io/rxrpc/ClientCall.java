package io.rxrpc;

import io.rxrpc.driver.DriverCall;
import io.rxrpc.security.Level;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
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

  ClientCall(DriverCall call, RxrpcAddress address) {
    this.call = call;
    this.address = address;
    pipe = new CallPipe(call, address, failure -> Failures.of(failure, address));
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

  /** Lets go of the call; one that is not through is aborted with RX_USER_ABORT. */
  @Override
  public void close() {
    call.close();
  }
}
