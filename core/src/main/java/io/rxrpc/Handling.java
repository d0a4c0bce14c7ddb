// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import io.rxrpc.driver.CallFailure;
import io.rxrpc.driver.DriverCall;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/** One run of a handler. */
final class Handling implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");
  private static final byte[] NOTHING = {};

  /** How many causes a line names: some exceptions are their own cause, by a detour. */
  private static final int MAX_CAUSES = 5;

  private final DriverCall call;
  private final CallHandler handler;
  private final Executor executor;
  private final boolean interrupts;

  /**
   * @param handler with its requirement and interceptors around it
   * @param interrupts whether its thread is interrupted when the call ends
   */
  Handling(DriverCall call, CallHandler handler, Executor executor, boolean interrupts) {
    this.call = call;
    this.handler = handler;
    this.executor = executor;
    this.interrupts = interrupts;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // a handler may throw what it likes
  public void run() {
    Interruption interruption = interrupts ? new Interruption() : null;
    try {
      if (interruption != null) {
        interrupt(interruption);
      }
      serve();
    } catch (CallAbort e) {
      call.abort(e.code().value());
      if (e.getCause() != null) {
        LOG.log(Level.DEBUG, "a handler's abort: " + e.getMessage(), e.getCause());
      }
    } catch (Throwable e) {
      threw(e, interruption != null && interruption.happened());
    } finally {
      call.close();
      if (interruption != null) {
        interruption.leave();
      }
    }
  }

  /** Has it happen when the call fails; in a thread of its own, as a pool may have none left. */
  private void interrupt(Interruption interruption) {
    call.listeners()
        .onEnd(
            call.room().surroundings().threads().handlers(),
            () -> {
              if (call.failed() != null) {
                interruption.happen();
              }
            });
  }

  private void serve() throws Exception {
    try {
      handler.handle(new ServerCall(call, executor));
    } finally {
      call.listeners().dismiss();
    }
    end();
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

  private void threw(Throwable why, boolean interrupted) {
    boolean own = (interrupted || why instanceof RxrpcException) && call.failed() != null;
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

  /** One line that names the causes; whoever wants to see where it came from lets DEBUG through. */
  private void tell(Level level, Throwable why) {
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
                + chain(why));
    LOG.log(Level.DEBUG, "the handler's failure", why);
  }

  /** What happened and where, and what was the cause of that. */
  private static String chain(Throwable why) {
    StringBuilder chain = new StringBuilder();
    int depth = 0;
    for (Throwable each = why; each != null && depth < MAX_CAUSES; each = each.getCause()) {
      StackTraceElement[] stack = each.getStackTrace();
      chain.append(depth++ == 0 ? "" : ", caused by ").append(each);
      chain.append(stack.length == 0 ? "" : " at " + stack[0]);
    }
    return chain.toString();
  }
}
