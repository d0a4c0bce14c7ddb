// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.machine;

import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands lines to somebody in a thread of its own, so that whoever has a line need not wait for him.
 * A bounded number of lines waits; what comes beyond that is left out, and counted. Safe for all
 * threads.
 */
public final class Outlet implements AutoCloseable {
  private static final String END = "";
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<String> lines;
  private final AtomicLong leftOut = new AtomicLong();
  private final Consumer<String> taker;
  private final Thread thread;
  private volatile boolean closed;

  private Outlet(String name, int waiting, Consumer<String> taker) {
    this.lines = new ArrayBlockingQueue<>(waiting);
    this.taker = taker;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::handOut);
  }

  /**
   * Begins to hand out.
   *
   * @param name of the thread
   * @param waiting how many lines wait at most
   * @param taker gets each line; what it throws ends the outlet
   * @return an outlet for the caller to close
   */
  public static Outlet to(String name, int waiting, Consumer<String> taker) {
    return new Outlet(name, waiting, Objects.requireNonNull(taker, "taker"));
  }

  /** {@return whether a line that is made now would have a place} If not, it counts as left out. */
  public boolean hasRoom() {
    if (closed) {
      return false;
    }
    if (lines.remainingCapacity() > 0) {
      return true;
    }
    leftOut.incrementAndGet();
    return false;
  }

  /**
   * Hands out one line, or leaves it out where no place is left. Never waits.
   *
   * @param line not empty
   */
  public void put(String line) {
    if (!closed && !lines.offer(line)) {
      leftOut.incrementAndGet();
    }
  }

  private void handOut() {
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        taker.accept(line);
        tellLeftOut();
      }
      tellLeftOut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // of the taker
      System.getLogger("io.rxrpc.endpoint")
          .log(System.Logger.Level.WARNING, "what takes the lines of a trace failed: it ends", e);
    } finally {
      closed = true;
      lines.clear();
    }
  }

  private void tellLeftOut() {
    if (lines.isEmpty()) {
      long n = leftOut.getAndSet(0);
      if (n > 0) {
        taker.accept("(" + n + " lines were left out: they are taken too slowly)");
      }
    }
  }

  /** Ends it when all lines so far have been taken. A second close does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        // the thread makes room; if it has ended, nobody needs the end
        if (lines.offer(END, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          thread.join();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
