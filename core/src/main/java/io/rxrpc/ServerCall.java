// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.DriverCall;
import io.rxrpc.engine.ConnectionWatcher;
import io.rxrpc.security.PeerIdentity;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.SecurityRefusal;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call that is served here: first the request is read, then the reply is written; both may be of
 * any length. A reply does not begin before the request has arrived: what was not read of it when
 * the first byte of the reply is written, or the reply ended, is read and discarded; an attempt to
 * read it later is an IllegalStateException.
 *
 * <p>Valid until the handler returns, or, of a {@link ChargedService}, until it is closed.
 */
public final class ServerCall extends RxrpcCall {
  private final Executor executor;

  ServerCall(DriverCall call, Executor executor) {
    super(
        call,
        new CallPipe(
            call,
            new RxrpcAddress(call.peer(), call.serviceId()),
            executor,
            failure -> Failures.served(failure, call.peer(), call.serviceId())));
    this.executor = executor;
  }

  /** {@return the request as a stream} Its close does nothing. */
  public InputStream request() {
    return pipe.input();
  }

  /** {@return the reply as a stream} Its flush sends what was written, its close ends the reply. */
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

  /**
   * Ends the reply. The handler's return does so, too.
   *
   * @throws RxrpcException if the call fails, or has failed
   */
  public void endReply() throws RxrpcException {
    pipe.end();
  }

  /**
   * Ends the reply with these last bytes, or with these as the whole. Nothing can be read or
   * written afterwards. For small replies the cheapest way.
   *
   * @param last the rest of the reply
   * @throws RxrpcException if the call fails, or has failed
   */
  public void endReply(byte[] last) throws RxrpcException {
    pipe.endWith(last);
  }

  /**
   * Does not take the call: the client is told BUSY, and may try again, which makes a new call.
   *
   * @throws IllegalStateException if something of it has been read or answered
   */
  public void reject() {
    call.reject();
  }

  /** {@return whether the call is over because it failed: what the handler does is for nobody} */
  public boolean isAborted() {
    return call.failed() != null;
  }

  /**
   * Has a listener told once when the call is over before its handler has returned, or, of a {@link
   * ChargedService}, before it was closed: the client has aborted it or given it up, nothing is
   * heard of it any more, the endpoint is closed, or the client has acknowledged the whole reply.
   * {@link #failure} tells which. So a handler that waits for something else can give that up: one
   * that calls another server aborts its call there. Told at once if the call is over. There may be
   * several listeners, and any thread may give one.
   *
   * @param listener run on the endpoint's handler executor, which needs a thread besides the
   *     handler's. It may abort calls; what it throws is logged
   * @see RxrpcEndpoint.Builder#interruptHandlers
   */
  public void onEnd(Runnable listener) {
    pipe.onEnd(listener);
  }

  /** {@return the connection that the call came on, where a server may keep state of its own} */
  public RxrpcConnection connection() {
    ConnectionWatcher watcher = call.watcher();
    if (watcher == null) {
      RxrpcConnection fresh =
          new RxrpcConnection(call.peer(), epoch(), identity(), level(), executor);
      watcher = call.watch(new ConnectionHandle(call.room(), fresh));
    }
    if (watcher instanceof ConnectionHandle handle) {
      return handle.connection();
    }
    throw new IllegalStateException("the connection is watched by somebody else");
  }

  /** {@return the address that calls} */
  public InetSocketAddress client() {
    return call.peer();
  }

  /**
   * {@return who calls, as its ticket says: name, instance, cell, expiry} Null when nobody was
   * verified, which is so for all calls without security.
   */
  public @Nullable PeerIdentity identity() {
    return call.identity();
  }

  /**
   * Asks of the client what only some procedures of a service want, in the handler's midst.
   * It is denied by default: a client that nothing was verified about never meets it.
   *
   * @param least the lowest level that will do
   * @param permits asked at once, in this thread
   * @throws CallAbort with the {@link #abortCode} of the client's security class, as RXKADNOAUTH
   *     (not known, or not permitted) or RXKADLEVELFAIL: the handler lets it through, and the
   *     client gets that code
   */
  public void require(SecurityLevel least, Predicate<PeerIdentity> permits) {
    SecurityRefusal refusal = new Requirement(least, permits).refusal(identity(), level());
    if (refusal != null) {
      throw new CallAbort(abortCode(refusal));
    }
  }

  /**
   * The same of any client that was verified.
   *
   * @param least the lowest level that will do
   */
  public void require(SecurityLevel least) {
    require(least, peer -> true);
  }

  /**
   * With which code the client's security class says this: RXKADNOAUTH, RXKADLEVELFAIL and their
   * like. Those of rxkad stand also for calls without security.
   *
   * @param why the refusal
   * @return a copy with which code the client's security class says this: RXKADNOAUTH,
   *     RXKADLEVELFAIL and their like
   */
  public AbortCode abortCode(SecurityRefusal why) {
    return new AbortCode(call.abortCode(why));
  }

  @Override
  public int serviceId() {
    return call.serviceId();
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
