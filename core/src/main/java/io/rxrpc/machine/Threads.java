// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Makes the threads that an endpoint starts by itself. Safe for all threads. */
public interface Threads {
  /**
   * {@return a thread that is not started yet} It may block in the port.
   *
   * @param name the name
   * @param daemon whether the program may end while it runs
   * @param task what it runs
   */
  Thread thread(String name, boolean daemon, Runnable task);

  /**
   * Waits for a thread's end.
   *
   * @param thread the thread, or null for none
   * @throws InterruptedException if the thread is interrupted
   */
  void join(Thread thread) throws InterruptedException;

  /**
   * Runs each task in a thread of its own: handlers that are not given another executor, and that
   * loops do not run.
   *
   * @return what runs them
   */
  Executor handlers();

  /**
   * {@return whether an endpoint's loop may run handlers itself as long as they are quick} That
   * saves handing them over, so that {@link #handlers} gets only the others. By default it may not.
   */
  default boolean loopsRunHandlers() {
    return false;
  }

  /**
   * {@return a few threads for cryptography, for one endpoint, which shuts them down} Never runs a
   * task in the thread that hands it over: that one has the endpoint's lock.
   *
   * @param name the name
   */
  ExecutorService workers(String name);
}
