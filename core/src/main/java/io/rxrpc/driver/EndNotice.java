// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;

/** Tells a listener on an executor, once, that a call is over while its application has it. */
final class EndNotice implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  private final DriverCall call;
  private final Executor executor;
  private final Runnable listener;

  EndNotice(DriverCall call, Executor executor, Runnable listener) {
    this.call = call;
    this.executor = executor;
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      executor.execute(this::tell);
    } catch (RuntimeException | Error e) {
      call.driver.notExecuted(e, "a listener does not hear of a call's end");
    }
  }

  @SuppressWarnings("CatchingUnchecked") // a listener may throw what it likes
  private void tell() {
    if (call.listeners().dismissed()) {
      return;
    }
    try {
      listener.run();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "a listener failed", e);
    }
  }
}
