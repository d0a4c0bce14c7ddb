// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that this side makes: first the request is written and ended, then the reply is read; both
 * may be of any length. {@link #close} may be called by any thread.
 */
public final class ClientCall extends RxrpcCall {
  private final RxrpcAddress address;
  private final @Nullable OutgoingCall outgoing;

  /**
   * @param outgoing what interceptors know of it, or null
   * @param failed told when the call fails
   */
  ClientCall(
      DriverCall call,
      RxrpcAddress address,
      @Nullable OutgoingCall outgoing,
      Executor executor,
      Consumer<CallFailure> failed) {
    super(
        call,
        new CallPipe(
            call,
            address,
            executor,
            failure -> {
              failed.accept(failure);
              return Failures.of(failure, address);
            }));
    this.address = address;
    this.outgoing = outgoing;
  }

  /**
   * {@return the request as a stream} Its flush sends what was written, its close ends the request.
   */
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

  /**
   * Ends the request. Repeated calls do nothing.
   *
   * @throws RxrpcException if the call fails, or has failed
   */
  public void endRequest() throws RxrpcException {
    pipe.end();
  }

  /** {@return the reply as a stream} Its close does nothing. */
  public InputStream reply() {
    return pipe.input();
  }

  /**
   * {@return the service that is called, at the address that was chosen where a name has several}
   */
  public RxrpcAddress peer() {
    return address;
  }

  /**
   * The service that answers: the one that was called until the first answer is here; then, of a
   * call with {@link CallOptions#upgrade}, the one that the server made of it.
   */
  @Override
  public int serviceId() {
    return call.answeringService();
  }

  /** Lets go of the call; one whose reply was not read to its end is aborted with RX_USER_ABORT. */
  @Override
  public void close() {
    OutgoingCall told = outgoing;
    if (told == null) {
      super.close();
      return;
    }
    boolean through = !call.isLive() && call.failed() == null;
    super.close();
    told.ended(through ? null : failure());
  }
}
