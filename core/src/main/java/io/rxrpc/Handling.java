package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/** One run of a handler. */
final class Handling implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc");
  private static final byte[] NOTHING = {};

  private final DriverCall call;
  private final CallHandler handler;
  private final Executor executor;

  Handling(DriverCall call, CallHandler handler, Executor executor) {
    this.call = call;
    this.handler = handler;
    this.executor = executor;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // a handler may throw what it likes
  public void run() {
    try {
      ServerCall served = new ServerCall(call, executor);
      if (permitted(served)) {
        handler.handle(served);
        end();
      }
    } catch (CallAbort e) {
      call.abort(e.code().value());
      if (e.getCause() != null) {
        LOG.log(Level.DEBUG, "a handler's abort: " + e.getMessage(), e.getCause());
      }
    } catch (Throwable e) {
      threw(e);
    } finally {
      call.close();
    }
  }

  /** Asks before a byte of the request is read. */
  private boolean permitted(ServerCall served) {
    Requirement requirement = handler.requirement();
    int code = requirement == null ? 0 : requirement.refusal(served.identity(), served.level());
    if (code != 0) {
      LOG.log(
          Level.DEBUG, () -> "service " + call.serviceId() + " refused a call of " + call.peer());
      call.abort(code);
    }
    return code == 0;
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
    call.abort(AbortCode.USER_ABORT.value()); // first: there may be no memory for a line
    if (why instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    try {
      tell(own ? Level.DEBUG : Level.WARNING, why);
    } catch (OutOfMemoryError e) {
      // the client knows
    }
  }

  /** One line; whoever wants to see where it came from lets DEBUG through. */
  private void tell(Level level, Throwable why) {
    StackTraceElement[] stack = why.getStackTrace();
    LOG.log(
        level,
        () ->
            "handler of service "
                + call.serviceId()
                + " failed, its call from "
                + RxrpcAddress.text(call.peer())
                + " is aborted with "
                + AbortCode.USER_ABORT
                + ": "
                + why
                + (stack.length == 0 ? "" : " at " + stack[0]));
    LOG.log(Level.DEBUG, "the handler's failure", why);
  }
}
