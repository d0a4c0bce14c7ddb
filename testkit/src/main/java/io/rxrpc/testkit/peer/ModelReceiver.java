// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/** The receiving half of a model call: what came, and what the application has read of it. */
final class ModelReceiver {
  enum Result {
    IN_ORDER,
    OUT_OF_ORDER,
    DUPLICATE,
    BEYOND
  }

  private final Habits habits;
  private final Map<Integer, byte[]> packets = new HashMap<>();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private int consumed;
  private int inOrder;
  private int highest;
  private int last;

  ModelReceiver(Habits habits) {
    this.habits = habits;
  }

  int window() {
    return consumed == 0 ? habits.firstWindow() : habits.window();
  }

  int consumed() {
    return consumed;
  }

  int highest() {
    return highest;
  }

  int last() {
    return last;
  }

  int unread() {
    return inOrder - consumed;
  }

  boolean has(int seq) {
    return seq <= inOrder || packets.containsKey(seq);
  }

  boolean complete() {
    return last > 0 && inOrder == last;
  }

  Result insert(int seq, byte[] data, boolean isLast) {
    if (has(seq)) {
      return Result.DUPLICATE;
    }
    if (seq > consumed + window()) {
      return Result.BEYOND;
    }
    packets.put(seq, data);
    highest = Math.max(highest, seq);
    if (isLast) {
      last = seq;
    }
    if (seq != inOrder + 1) {
      return Result.OUT_OF_ORDER;
    }
    while (packets.containsKey(inOrder + 1)) {
      inOrder++;
    }
    return Result.IN_ORDER;
  }

  /** The application reads up to so many packets; returns how many. */
  int read(int most) {
    int n = Math.min(most, inOrder - consumed);
    for (int i = 0; i < n; i++) {
      byte[] data = packets.remove(++consumed);
      if (data == null) {
        throw new IllegalStateException("hole in order");
      }
      read.write(data, 0, data.length);
    }
    return n;
  }

  boolean finished() {
    return last > 0 && consumed == last;
  }

  byte[] bytes() {
    return read.toByteArray();
  }

  boolean[] softAcks() {
    boolean[] acks = new boolean[Math.max(0, Math.min(255, highest - consumed))];
    for (int i = 0; i < acks.length; i++) {
      acks[i] = has(consumed + 1 + i);
    }
    return acks;
  }
}
