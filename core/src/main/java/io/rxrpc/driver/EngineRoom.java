// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.Completion;
import io.rxrpc.engine.SecurityTask;
import io.rxrpc.machine.Surroundings;
import io.rxrpc.machine.Time;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An engine behind its lock, and what whoever works on it must know besides: whether it is over,
 * the time, and what it runs on. It knows no calls. Safe for all threads.
 */
public final class EngineRoom {
  private static final System.Logger LOG = System.getLogger("io.rxrpc.endpoint");

  private final EngineLock lock;
  private final Ending ending;
  private final Surroundings surroundings;
  private final Time time;
  private final AtomicLong notExecuted = new AtomicLong();

  /**
   * @param time the surroundings' own, for whoever may be a handler
   */
  EngineRoom(EngineLock lock, Ending ending, Surroundings surroundings, Time time) {
    this.lock = lock;
    this.ending = ending;
    this.surroundings = surroundings;
    this.time = time;
  }

  /** Takes the lock, for a {@code try}. */
  public Hold hold() {
    return lock.hold();
  }

  /** Takes the lock for a question, for a {@code try}. */
  public Look look() {
    return lock.look();
  }

  /** Does what others have left to be done. */
  void settle() {
    lock.settle();
  }

  boolean tryExecute(Command command) {
    return lock.tryExecute(command);
  }

  void submit(Command command) {
    lock.submit(command);
  }

  void later(Command command) {
    lock.later(command);
  }

  /** Why calls cannot go on here, or null. */
  @Nullable Completion end() {
    return ending.why();
  }

  CallFailure failure(Completion why) {
    return ending.failure(why);
  }

  /** What it runs on. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** The time it goes by. */
  public Time time() {
    return time;
  }

  /**
   * An executor took no more, or the system gave no thread. Told in the log whenever their number
   * has doubled, as it may happen for each call of a flood.
   */
  void notExecuted(Throwable why, String consequence) {
    long n = notExecuted.incrementAndGet();
    if (Long.bitCount(n) == 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "no thread for it: " + consequence + " (" + n + " so far): " + why);
    }
  }

  /** How often that was. */
  long executionsRefused() {
    return notExecuted.get();
  }

  /** Gives the engine the result of a task of a security class. */
  void finish(SecurityTask task) {
    try (Hold hold = hold()) {
      if (ending.isOver()) {
        task.discard();
      } else {
        task.finish(hold.now());
      }
    }
  }
}
