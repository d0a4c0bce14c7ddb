package io.rxrpc;

import io.rxrpc.driver.DriverCall;
import io.rxrpc.security.Level;
import io.rxrpc.security.PeerIdentity;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A call that is served here: first the request is read, then the reply is written; both may be of
 * any length. A reply does not begin before the request has arrived: what was not read of it when
 * the first byte of the reply is written, or the reply ended, is read and discarded; an attempt to
 * read it later is an IllegalStateException.
 *
 * <p>Valid until the handler returns, or, of a {@link ChargedService}, until it is closed. One
 * thread at a time may read, and one may write; {@link #abort} may be called by any thread.
 * Blocking methods throw a {@link RxrpcException} when the call fails, for example when the client
 * aborts it, and {@link CallInterruptedException} when the thread is interrupted, which aborts the
 * call.
 */
public final class ServerCall implements AutoCloseable {
  private final DriverCall call;
  private final CallPipe pipe;

  ServerCall(DriverCall call, Executor executor) {
    this.call = call;
    pipe =
        new CallPipe(
            call,
            new RxrpcAddress(call.peer(), call.serviceId()),
            executor,
            failure -> Failures.served(failure, call.peer(), call.serviceId()));
  }

  /**
   * Reads from the request and waits until there is something.
   *
   * @return bytes read, at least 1 unless {@code length} is 0; -1 at the end of the request
   */
  public int read(byte[] buffer, int offset, int length) throws RxrpcException {
    return pipe.read(buffer, offset, length);
  }

  /** The same into what remains of a buffer, on the heap or off it; its position moves. */
  public int read(ByteBuffer buffer) throws RxrpcException {
    return pipe.read(buffer);
  }

  /** The request as a stream. Its close does nothing. */
  public InputStream request() {
    return pipe.input();
  }

  /**
   * Reads the rest of the request.
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
   * @return bytes read; 0 when nothing is there yet, or no room; -1 at the end of the request
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

  /**
   * Writes a piece of the reply: copies it, and waits while the windows are full. What is written
   * leaves in blocks, of 64 KiB at most; {@link #reply()}'s flush sends what is there.
   *
   * @throws IllegalStateException when the reply has been ended
   */
  public void write(byte[] buffer, int offset, int length) throws RxrpcException {
    pipe.write(buffer, offset, length);
  }

  /** The same with what remains in a buffer, on the heap or off it; its position moves. */
  public void write(ByteBuffer buffer) throws RxrpcException {
    pipe.write(buffer);
  }

  /** The reply as a stream. Its flush sends what was written, its close ends the reply. */
  public OutputStream reply() {
    return pipe.output();
  }

  /**
   * Announces how long the reply will be. Writing more, or ending it with less, is a {@link
   * LocalErrorException} with EMSGSIZE and does nothing.
   *
   * @param bytes 0 or more
   * @throws IllegalStateException when the reply has begun, or its length is known
   */
  public void replyLength(long bytes) {
    pipe.length(bytes);
  }

  /** Ends the reply. The handler's return does so, too. */
  public void endReply() throws RxrpcException {
    pipe.end();
  }

  /**
   * Ends the reply with these last bytes, or with these as the whole. Nothing can be read or
   * written afterwards. For small replies the cheapest way.
   */
  public void endReply(byte[] last) throws RxrpcException {
    pipe.endWith(last);
  }

  /** Ends the call: the client is told the code. Does nothing when the call is over. */
  public void abort(AbortCode code) {
    call.abort(code.value());
  }

  /**
   * Does not take the call: the client is told BUSY, and may try again, which makes a new call.
   *
   * @throws IllegalStateException if something of it has been read or answered
   */
  public void reject() {
    call.reject();
  }

  /** Whether the call is over because it failed: what the handler does is for nobody. */
  public boolean isAborted() {
    return call.failed() != null;
  }

  /** The address that calls. */
  public InetSocketAddress client() {
    return call.peer();
  }

  /**
   * Who calls, as its ticket says: name, instance, cell, expiry. Null when nobody was verified,
   * which is so for all calls without security.
   */
  public @Nullable PeerIdentity identity() {
    return call.identity();
  }

  /** The protection in force on the connection, both ways; null without security. */
  public @Nullable Level level() {
    return call.level();
  }

  /** The service id, 1..65535. */
  public int serviceId() {
    return call.serviceId();
  }

  /** The smoothed round-trip time to the client; zero when it is not known yet. */
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

  /** Whether the call is not over. */
  public boolean isLive() {
    return call.isLive();
  }

  /** Asks the client for a sign of life, which {@link #silence} will show. Does not wait. */
  public void probe() {
    call.probe();
  }

  /** How long ago the client gave a sign of life, or, if it has not yet, the call began. */
  public Duration silence() {
    return Duration.ofNanos(call.silence());
  }

  /** The epoch of the call's connection; 0 while the call waits for one. */
  public int epoch() {
    return call.epoch();
  }

  /**
   * Lets go of the call; one whose reply has not been ended is aborted with RX_USER_ABORT. Handlers
   * need not do it.
   */
  @Override
  public void close() {
    call.close();
  }
}
