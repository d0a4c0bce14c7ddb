// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps so many calls open: where one ends the next begins. */
final class ClosedLoop {
  private final EchoPair pair;
  private final int open;
  private final LongAdder done = new LongAdder();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private volatile boolean over;

  ClosedLoop(EchoPair pair, int open) {
    this.pair = pair;
    this.open = open;
  }

  /** Begins calls whose ends the library tells. */
  ClosedLoop async() {
    for (int i = 0; i < open; i++) {
      new Slot().ended(null);
    }
    return this;
  }

  /** Begins callers that wait, each a virtual thread. */
  ClosedLoop blocking() {
    for (int i = 0; i < open; i++) {
      Thread.ofVirtual().name("caller-" + i).start(this::callOn);
    }
    return this;
  }

  private void callOn() {
    try {
      while (!over) {
        pair.callAndWait();
        done.increment();
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    if (!over && failure.compareAndSet(null, e)) {
      over = true;
      failed.countDown();
    }
  }

  /** Calls that ended. */
  long ended() {
    return done.sum();
  }

  /** Lets it run for so long; fails when a call did. */
  void runFor(double seconds) throws IOException, InterruptedException {
    if (failed.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS)) {
      throw new IOException(failure.get());
    }
  }

  /** Calls a second while it runs for so long. */
  double rate(double seconds) throws IOException, InterruptedException {
    long from = ended();
    long begin = System.nanoTime();
    runFor(seconds);
    return (ended() - from) * 1e9 / (System.nanoTime() - begin);
  }

  void stop() {
    over = true;
  }

  /** One call after the other. A library may tell the end before the call comes back. */
  private final class Slot {
    private final AtomicInteger due = new AtomicInteger();
    private final Consumer<@Nullable Throwable> next = this::next;

    void begun() {
      do {
        pair.call(next);
      } while (due.decrementAndGet() != 0);
    }

    void next(@Nullable Throwable why) {
      if (why == null) {
        done.increment();
      }
      ended(why);
    }

    void ended(@Nullable Throwable why) {
      if (why != null) {
        fail(why);
      } else if (!over && due.getAndIncrement() == 0) {
        begun();
      }
    }
  }
}
