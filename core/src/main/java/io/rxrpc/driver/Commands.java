// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What threads want that found the lock taken: they leave it here instead of queueing for the lock,
 * and whoever has the lock does all of it at once, so that it shares trains and wake-ups.
 */
final class Commands {
  private final AtomicReference<@Nullable Command> last = new AtomicReference<>();
  private int executed;

  /** Any thread. Whoever gives a command tries to take the lock afterwards. */
  void give(Command command) {
    Command before;
    do {
      before = last.get();
      command.previousCommand = before;
    } while (!last.compareAndSet(before, command));
  }

  /** Whoever has released the lock looks here once more. */
  boolean pending() {
    return last.get() != null;
  }

  /** How many of the last {@link #execute} came from threads that had been awaited. */
  int executed() {
    return executed;
  }

  /** Under the lock: does all there are, in the order they were given. */
  void execute(long now, Wakeups wakeups) {
    executed = 0;
    if (last.get() == null) {
      return;
    }
    Command reversed = null;
    for (Command c = last.getAndSet(null); c != null; ) {
      Command before = c.previousCommand;
      c.previousCommand = reversed;
      reversed = c;
      c = before;
    }
    RuntimeException failure = null;
    Error error = null;
    for (Command c = reversed; c != null; ) {
      Command next = c.previousCommand;
      c.previousCommand = null;
      executed += c.weight();
      try {
        c.execute(now, wakeups);
      } catch (RuntimeException e) {
        failure = e; // the others must have their turn: their threads wait for it
      } catch (Error e) {
        error = e;
      }
      c = next;
    }
    if (error != null) {
      throw error;
    }
    if (failure != null) {
      throw failure;
    }
  }
}
