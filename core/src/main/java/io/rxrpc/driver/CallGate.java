// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who is inside a call: one thread that reads and one that writes at a time, and whether it is
 * closed. A phase with a thread in it is closed by that thread when it leaves. It knows no call;
 * safe for all threads.
 */
final class CallGate {
  static final int READING = 1;
  static final int WRITING = 2;
  private static final int CLOSED = 4;
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(CallGate.class, "busy", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Who is inside, as bits. */
  private volatile int busy;

  /**
   * A thread comes in to read or to write.
   *
   * @throws IllegalStateException when another one does, or the call is closed
   */
  void begin(int what) {
    int before = (int) BUSY.getAndBitwiseOr(this, what);
    if ((before & what) != 0) {
      throw new IllegalStateException(
          "another thread " + (what == READING ? "reads" : "writes") + " this call");
    }
    if ((before & CLOSED) != 0) {
      leave(what);
      throw new IllegalStateException("the call is closed");
    }
  }

  /**
   * It leaves.
   *
   * @return whether the call was closed meanwhile: it closes its phase
   */
  boolean end(int what) {
    return (leave(what) & CLOSED) != 0;
  }

  private int leave(int what) {
    return (int) BUSY.getAndBitwiseAnd(this, ~what);
  }

  /**
   * Closes.
   *
   * @return who is inside, as bits; negative if it was closed before
   */
  int close() {
    int before = (int) BUSY.getAndBitwiseOr(this, CLOSED);
    return (before & CLOSED) != 0 ? -1 : before;
  }

  /**
   * Closes by the thread that writes, which stays inside.
   *
   * @return false if it was closed before
   * @throws IllegalStateException if another one reads: then it is not closed, and this one has
   *     left
   */
  boolean closeByWriter() {
    int inside = close();
    if (inside >= 0 && (inside & READING) != 0) {
      leave(CLOSED | WRITING);
      throw new IllegalStateException("another thread reads this call");
    }
    return inside >= 0;
  }

  boolean isClosed() {
    return (busy & CLOSED) != 0;
  }
}
