// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a network. It runs while it has the {@link Baton}, and only then: all fields but the
 * volatile ones belong to whoever has it.
 */
final class Strand {
  final Thread thread;

  /** Whether the run lasts until it has ended. */
  final boolean counts;

  /** It has been unparked without being parked. */
  boolean permit;

  /** When it goes on by itself. */
  long wakeAt = Long.MAX_VALUE;

  /** What it waits for. */
  @Nullable Object blocker;

  boolean ended;

  /** Threads that wait for its end. */
  final List<Thread> joiners = new ArrayList<>(1);

  private volatile boolean granted;

  /** It was interrupted while it had no baton; the thread's own flag would not let it wait. */
  private volatile boolean interrupted;

  Strand(Thread thread, boolean counts) {
    this.thread = thread;
    this.counts = counts;
  }

  /** Whoever has the baton gives it to this one. */
  void grant() {
    granted = true;
    LockSupport.unpark(thread);
  }

  /** In its own thread: waits for the baton. */
  void awaitGrant() {
    while (!granted) {
      LockSupport.park(this);
      if (thread.isInterrupted()) {
        interrupted = true; // before the flag is taken: isInterrupted() looks in the other order
        Thread.interrupted();
      }
    }
    granted = false;
    if (interrupted) {
      interrupted = false;
      thread.interrupt();
    }
  }

  /** Whether an interrupt awaits it. */
  boolean isInterrupted() {
    return thread.isInterrupted() || interrupted;
  }

  boolean isStarted() {
    return thread.getState() != Thread.State.NEW;
  }

  /** Whether it stands still in something that is not the baton. */
  boolean isStuck() {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> !granted;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  /** Where it is, for messages. */
  String where() {
    StringBuilder out = new StringBuilder(thread.getName());
    Object what = blocker;
    if (what != null) {
      out.append(" waits for ").append(what.getClass().getSimpleName());
    }
    int lines = 0;
    for (StackTraceElement e : thread.getStackTrace()) {
      String type = e.getClassName();
      boolean own =
          type.equals(Strand.class.getName())
              || type.equals(Baton.class.getName())
              || type.startsWith("java.lang.VirtualThread")
              || type.startsWith("java.util.concurrent.locks.LockSupport");
      if (!own && lines++ < 12) {
        out.append("\n    at ").append(e);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return thread.getName();
  }
}
