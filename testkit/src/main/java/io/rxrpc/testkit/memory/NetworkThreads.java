// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.machine.Threads;
import io.rxrpc.machine.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Threads of a network. None of them makes the run last: its program's own do. */
final class NetworkThreads implements Threads {
  private final Baton baton;
  private final Time time;
  private int handlers;

  NetworkThreads(Baton baton, Time time) {
    this.baton = baton;
    this.time = time;
  }

  @Override
  public Thread thread(String name, boolean daemon, Runnable task) {
    return baton.thread(name, false, task);
  }

  @Override
  public void join(Thread thread) throws InterruptedException {
    baton.join(thread);
  }

  @Override
  public Executor handlers() {
    return task -> baton.thread("handler-" + ++handlers, false, task).start();
  }

  @Override
  public ExecutorService workers(String name) {
    return new Workers(name);
  }

  /** A thread for each task. */
  private final class Workers extends AbstractExecutorService {
    private final String name;
    private final List<Thread> threads = new ArrayList<>();
    private int tasks;
    private boolean down;

    Workers(String name) {
      this.name = name;
    }

    @Override
    public void execute(Runnable task) {
      if (down) {
        throw new RejectedExecutionException(name + " is shut down");
      }
      Thread thread = baton.thread(name + "-" + ++tasks, false, task);
      threads.removeIf(t -> baton.find(t) == null);
      threads.add(thread);
      thread.start();
    }

    @Override
    public void shutdown() {
      down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      down = true;
      threads.forEach(Thread::interrupt);
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return down;
    }

    @Override
    public boolean isTerminated() {
      return down && threads.stream().allMatch(t -> baton.find(t) == null);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      long until = time.nanoTime() + unit.toNanos(timeout);
      for (Thread t : List.copyOf(threads)) {
        Strand s = baton.find(t);
        while (s != null && !s.ended && time.nanoTime() < until) {
          s.joiners.add(Thread.currentThread());
          time.parkNanos(this, until - time.nanoTime());
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }
      return isTerminated();
    }
  }
}
