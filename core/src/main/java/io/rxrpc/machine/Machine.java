// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import io.rxrpc.udp.DatagramPorts;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The machine's own time and threads. */
final class Machine implements Time, Threads {
  private static final int MOST_WORKERS = 4;
  private static final long IDLE_SECONDS = 10;
  private static final Machine MACHINE = new Machine();

  static final Surroundings SURROUNDINGS =
      new Surroundings(DatagramPorts::open, MACHINE, new SecureRandom(), MACHINE);

  private final ThreadFactory virtual =
      Thread.ofVirtual().name("rxrpc-handler").inheritInheritableThreadLocals(false).factory();

  /** A virtual thread for each task. */
  private final Executor handlers = task -> virtual.newThread(task).start();

  private Machine() {}

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public InstantSource wallClock() {
    return InstantSource.system();
  }

  @Override
  public boolean goesOn() {
    return true;
  }

  @Override
  public void park(Object blocker) {
    LockSupport.park(blocker);
  }

  @Override
  public void parkNanos(Object blocker, long nanos) {
    LockSupport.parkNanos(blocker, nanos);
  }

  @Override
  public void unpark(@Nullable Thread thread) {
    LockSupport.unpark(thread);
  }

  @Override
  public Thread thread(String name, boolean daemon, Runnable task) {
    return Thread.ofPlatform().daemon(daemon).name(name).unstarted(task);
  }

  @Override
  public void join(Thread thread) throws InterruptedException {
    thread.join();
  }

  @Override
  public Executor handlers() {
    return handlers;
  }

  /** They come when there is work and go when there is none. */
  @Override
  public ExecutorService workers(String name) {
    int n = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            n,
            n,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
