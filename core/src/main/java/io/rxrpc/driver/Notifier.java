// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells a listener on an executor that it should look at a call: never twice at once, never too
 * seldom, and not after the call was closed.
 */
final class Notifier implements Runnable {
  /** A call with listeners. */
  interface Audience {
    /** Whether it was let go of. */
    boolean isClosed();

    /** A listener cannot be told any more: nobody would go on with the call. */
    void abandon(Throwable why);
  }

  private static final System.Logger LOG = System.getLogger("io.rxrpc.call");

  private final Audience call;
  private final Executor executor;
  private final Runnable listener;
  private final AtomicInteger wanted = new AtomicInteger();

  Notifier(Audience call, Executor executor, Runnable listener) {
    this.call = call;
    this.executor = executor;
    this.listener = listener;
  }

  /** Under the lock: something has happened. */
  void happened(Wakeups wakeups) {
    if (wanted.getAndIncrement() == 0) {
      wakeups.step(this);
    }
  }

  @Override
  public void run() {
    try {
      executor.execute(this::tell);
    } catch (RuntimeException | Error e) {
      wanted.set(0);
      call.abandon(e);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // a listener may throw what it likes
  private void tell() {
    int seen;
    do {
      seen = wanted.get();
      try {
        if (!call.isClosed()) {
          listener.run();
        }
      } catch (Throwable e) {
        LOG.log(Level.WARNING, "a listener failed", e);
      }
    } while (wanted.addAndGet(-seen) > 0);
  }
}
