// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What one batch of datagrams leaves to be done without the lock, in order. For the leader of the
 * loop: each is taken out before it is done, so that whoever takes over from a leader that does not
 * come back goes on with the next.
 */
final class Errands {
  private final ArrayDeque<Errand> waiting = new ArrayDeque<>();

  /** Done without another thread, or taken by a leader that has not come back. */
  private int done;

  void add(Errand errand) {
    waiting.add(errand);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes the next one out; null if there is none. */
  @Nullable Errand take() {
    Errand next = waiting.poll();
    done += next == null ? 0 : 1;
    return next;
  }

  /** What was taken last was handed to another thread, which will be here. */
  void handedOver() {
    done--;
  }

  /** How many were done since the last time this was asked. */
  int takeDone() {
    int n = done;
    done = 0;
    return n;
  }
}
