// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Tells a listener on an executor, once, that a call is over while its application has it. */
final class EndNotice implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  private final EngineRoom room;
  private final BooleanSupplier dismissed;
  private final Executor executor;
  private final Runnable listener;

  EndNotice(EngineRoom room, BooleanSupplier dismissed, Executor executor, Runnable listener) {
    this.room = room;
    this.dismissed = dismissed;
    this.executor = executor;
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      executor.execute(this::tell);
    } catch (RuntimeException | Error e) {
      room.notExecuted(e, "a listener does not hear of a call's end");
    }
  }

  @SuppressWarnings("CatchingUnchecked") // a listener may throw what it likes
  private void tell() {
    if (dismissed.getAsBoolean()) {
      return;
    }
    try {
      listener.run();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "a listener failed", e);
    }
  }
}
