package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import java.lang.System.Logger.Level;

/** One run of a handler. */
final class Handling implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc");
  private static final byte[] NOTHING = {};

  private final DriverCall call;
  private final CallHandler handler;

  Handling(DriverCall call, CallHandler handler) {
    this.call = call;
    this.handler = handler;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // a handler may throw what it likes
  public void run() {
    try {
      handler.handle(new ServerCall(call));
      end();
    } catch (CallAbort e) {
      call.abort(e.code().value());
    } catch (Throwable e) {
      threw(e);
    } finally {
      call.close();
    }
  }

  private void end() throws RxrpcException, InterruptedException {
    if (!call.isClosed()) {
      try {
        call.finish(NOTHING);
      } catch (CallFailure e) {
        throw Failures.served(e, call.peer(), call.serviceId());
      }
    }
  }

  private void threw(Throwable why) {
    boolean own = why instanceof RxrpcException && call.failed() != null;
    LOG.log(
        own ? Level.DEBUG : Level.WARNING,
        () -> "handler of service " + call.serviceId() + " failed",
        why);
    call.abort(AbortCode.USER_ABORT.value());
    if (why instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
