// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The errors noticed and not yet fetched: bounded, filled and emptied by any thread. */
final class PendingErrors {
  static final int LIMIT = 1024;

  private final ArrayDeque<PortError> waiting = new ArrayDeque<>();
  private volatile boolean announce;
  private volatile boolean empty = true;

  /** Keeps the error; drops it when too many wait, as the kernel's own queue would. */
  void add(PortError error) {
    synchronized (waiting) {
      if (waiting.size() < LIMIT) {
        waiting.add(error);
        empty = false;
        announce = true;
      }
    }
  }

  /** Whether errors came since the last time this was asked: receive announces them once. */
  boolean takeAnnouncement() {
    if (!announce) {
      return false;
    }
    announce = false;
    return !empty;
  }

  /** Whether an announcement waits; it is not taken. */
  boolean isAnnounced() {
    return announce;
  }

  /** Hands over what waits. The sink runs without the lock, so it may close the port. */
  int drain(Consumer<PortError> sink) {
    if (empty) {
      return 0;
    }
    announce = false;
    int given = 0;
    for (PortError error = poll(); error != null; error = poll()) {
      given++;
      sink.accept(error);
    }
    return given;
  }

  void clear() {
    synchronized (waiting) {
      waiting.clear();
      empty = true;
    }
  }

  private @Nullable PortError poll() {
    synchronized (waiting) {
      PortError error = waiting.poll();
      empty = waiting.isEmpty();
      return error;
    }
  }
}
