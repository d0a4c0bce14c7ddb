// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls that applications hold, so that all of them can be told of the end. Under the lock. */
final class CallRegistry {
  private @Nullable DriverCall first;
  private int size;
  private int served;

  void add(DriverCall call) {
    DriverCall second = first;
    call.next = second;
    if (second != null) {
      second.previous = call;
    }
    first = call;
    size++;
    if (!call.isClient()) {
      served++;
    }
  }

  void remove(DriverCall call) {
    DriverCall before = call.previous;
    DriverCall after = call.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    call.previous = null;
    call.next = null;
    size--;
    if (!call.isClient()) {
      served--;
    }
  }

  int size() {
    return size;
  }

  /** Calls that handlers are at. */
  int served() {
    return served;
  }

  void forEach(Consumer<DriverCall> action) {
    for (DriverCall c = first; c != null; c = c.next) {
      action.accept(c);
    }
  }
}
