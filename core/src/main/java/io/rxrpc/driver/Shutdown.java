// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

/** The orderly end of an endpoint: no new calls, the last ones are awaited, and the loop's end. */
final class Shutdown {
  private final EndpointDriver driver;
  private final Events events;
  private final Ending ending;
  private final Crew loop;

  /** Under the lock: no new calls. */
  private boolean refusing;

  Shutdown(EndpointDriver driver, Events events, Ending ending, Crew loop) {
    this.driver = driver;
    this.events = events;
    this.ending = ending;
    this.loop = loop;
  }

  /** Under the lock: whether new calls are refused. */
  boolean refuses() {
    return refusing;
  }

  /** Refuses new calls and waits until none is left; whether that came about in time. */
  boolean awaitCalls(long patienceNanos) throws InterruptedException {
    long deadline;
    try (Hold hold = driver.hold()) {
      deadline = hold.now() + patienceNanos;
      refusing = true;
      driver.engine().shutdown();
    }
    try {
      while (true) {
        long left;
        try (Hold hold = driver.hold()) {
          boolean quiet = events.isQuiet();
          left = deadline - hold.now();
          if (quiet || ending.isOver() || left <= 0) {
            return quiet;
          }
          events.awaitQuiet(Thread.currentThread());
        }
        driver.time().parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      try (Hold _ = driver.hold()) {
        events.awaitQuiet(null);
      }
    }
  }

  /** Waits until the loop has ended. */
  void awaitLoop() throws InterruptedException {
    loop.awaitEnd(driver.time());
  }

  /** The same, whatever happens. */
  void joinLoop() {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        awaitLoop();
        ended = true;
      } catch (InterruptedException e) {
        interrupted = true; // the loop ends at once; nothing is won by leaving it behind
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
