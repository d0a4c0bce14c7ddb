// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Endpoint;

/** The orderly end of an endpoint: no new calls, the last ones are awaited, and the loop's end. */
final class Shutdown {
  private final EngineRoom room;
  private final Endpoint engine;
  private final Events events;
  private final Ending ending;
  private final Crew loop;

  /** Under the lock: no new calls. */
  private boolean refusing;

  Shutdown(EngineRoom room, Endpoint engine, Events events, Ending ending, Crew loop) {
    this.room = room;
    this.engine = engine;
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
    try (Hold hold = room.hold()) {
      deadline = hold.now() + patienceNanos;
      refusing = true;
      engine.shutdown();
    }
    try {
      while (true) {
        long left;
        try (Hold hold = room.hold()) {
          boolean quiet = events.isQuiet();
          left = deadline - hold.now();
          if (quiet || ending.isOver() || left <= 0) {
            return quiet;
          }
          events.awaitQuiet(Thread.currentThread());
        }
        room.time().parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      try (Hold _ = room.hold()) {
        events.awaitQuiet(null);
      }
    }
  }

  /** Waits until the loop has ended. */
  void awaitLoop() throws InterruptedException {
    loop.awaitEnd(room.time());
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
