// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import io.rxrpc.engine.SecurityTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * A few threads for cryptography that has no application thread to run in. What waits is bounded by
 * the engine: one task a connection.
 */
final class SecurityWorkers {
  private final EngineRoom room;
  private final RefusalLog refusals = new RefusalLog(System.getLogger("io.rxrpc.security"));
  private final ExecutorService threads;

  /**
   * @param threads runs the tasks, never in the thread that hands one over: that one has the lock
   */
  SecurityWorkers(EngineRoom room, ExecutorService threads) {
    this.room = room;
    this.threads = threads;
  }

  /** Has it done; false when there is no thread for it, and it is to be finished undone. */
  boolean submit(SecurityTask task) {
    try {
      threads.execute(new Work(task));
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) { // "unable to create native thread"
      room.notExecuted(e, "a connection cannot be secured");
      return false;
    }
  }

  /** One task in a thread of these. */
  private final class Work implements Runnable {
    private final SecurityTask task;

    Work(SecurityTask task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        task.run();
        String refusal = task.refusal();
        if (refusal != null) {
          refusals.tell(refusal, room.time().nanoTime());
        }
      } finally {
        if (!task.outlives()) {
          room.finish(task);
        }
      }
    }
  }

  /** What has not begun is forgotten: its connection is gone. Secrets are cleared all the same. */
  void close() {
    for (Runnable left : threads.shutdownNow()) {
      if (left instanceof Work work && work.task.outlives()) {
        work.run();
      }
    }
  }
}
