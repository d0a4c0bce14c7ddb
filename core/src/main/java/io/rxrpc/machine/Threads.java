// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Makes the threads that an endpoint starts by itself. Safe for all threads. */
public interface Threads {
  /**
   * A thread that is not started yet. It may block in the port.
   *
   * @param daemon whether the program may end while it runs
   */
  Thread thread(String name, boolean daemon, Runnable task);

  /** Waits for a thread's end. */
  void join(Thread thread) throws InterruptedException;

  /** Runs each task in a thread of its own: handlers, unless they are given another executor. */
  Executor handlers();

  /**
   * A few threads for cryptography, for one endpoint, which shuts them down. Never runs a task in
   * the thread that hands it over: that one has the endpoint's lock.
   */
  ExecutorService workers(String name);
}
