// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import org.jspecify.annotations.Nullable;

/** Interrupts the thread that made it, once, as long as that has not left. */
final class Interruption {
  private @Nullable Thread thread = Thread.currentThread();
  private boolean happened;

  synchronized void happen() {
    Thread t = thread;
    if (t != null) {
      happened = true;
      t.interrupt();
    }
  }

  /** Whether it has happened. */
  synchronized boolean happened() {
    return happened;
  }

  /** From now on it does not happen any more; what did is taken back: threads may be used again. */
  synchronized void leave() {
    thread = null;
    if (happened) {
      Thread.interrupted();
    }
  }
}
