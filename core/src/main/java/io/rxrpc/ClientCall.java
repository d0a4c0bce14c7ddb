package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A call that this side makes: first the request is written and ended, then the reply is read; both
 * may be of any length. {@link #close} may be called by any thread.
 */
public final class ClientCall extends RxrpcCall {
  private final RxrpcAddress address;

  /**
   * @param failed told when the call fails
   */
  ClientCall(
      DriverCall call, RxrpcAddress address, Executor executor, Consumer<CallFailure> failed) {
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

  /** The reply as a stream. Its close does nothing. */
  public InputStream reply() {
    return pipe.input();
  }

  /** The service that is called, at the address that was chosen where a name has several. */
  public RxrpcAddress peer() {
    return address;
  }

  @Override
  public int serviceId() {
    return address.serviceId();
  }
}
