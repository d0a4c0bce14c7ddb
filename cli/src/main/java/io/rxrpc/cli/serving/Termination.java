// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serving;

import io.rxrpc.cli.frame.ExitCode;
import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and SIGINT into a request to finish, for verbs that run until they are told to end.
 *
 * <p>The JVM answers these signals by running its shutdown hooks and then ends with status 143 or
 * 130. An orderly end shall have status 0, and a hook is the only supported way to hear of a signal
 * (sun.misc.Signal is not): so the hook waits until the verb is done and then halts with 0. Halting
 * skips nothing, because everything is flushed and closed before {@link #close}.
 */
final class Termination implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean success;
  private final Thread hook = new Thread(this::onShutdown, "rxrpc-termination");

  Termination() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits for a signal. An interrupt of the waiting thread counts as one. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      // The flag stays off: what follows, waiting for running calls, shall still be able to wait.
      asked.countDown();
    }
  }

  /** The verb has done its work: a waiting hook shall end the process with status 0. */
  void succeeded() {
    success = true;
  }

  /** The verb is done: lets a waiting hook end the process. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      asked.countDown(); // the JVM is ending: the hook runs, and sees that the verb has finished
    }
  }

  private void onShutdown() {
    asked.countDown();
    try {
      finished.await();
    } catch (InterruptedException e) {
      return; // nobody interrupts hooks; if so, the usual status of a signal is the honest one
    }
    if (success) {
      Runtime.getRuntime().halt(ExitCode.OK);
    }
  }
}
