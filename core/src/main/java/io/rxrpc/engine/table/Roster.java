// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.table;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for their turn, first come first served. Whoever is in it already is not added
 * again, which costs no search: each member keeps a mark.
 */
public final class Roster<T extends Listed> {
  /** The roster of calls that may have something to send. */
  public static final int OUTPUT = 1;

  /** The roster of calls with events for the application. */
  public static final int EVENTS = 2;

  /** The roster of calls whose writer found no packet memory. */
  public static final int STARVED = 4;

  /** The roster of calls that the window of the path, or its pacer, keeps from sending. */
  public static final int BLOCKED = 8;

  /** The roster of calls that are over and nobody uses. */
  public static final int SETTLED = 16;

  private final int kind;
  private final ArrayDeque<T> members = new ArrayDeque<>();

  /**
   * @param kind one of the above: nobody may be in two rosters of a kind
   */
  public Roster(int kind) {
    this.kind = kind;
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** Puts it at the end, unless it is in already. */
  public void add(T member) {
    if (!member.standsIn(kind)) {
      member.enters(kind);
      members.addLast(member);
    }
  }

  /** Whose turn it is, or null. */
  public @Nullable T peek() {
    return members.peekFirst();
  }

  /** Takes out whose turn it is, or null. */
  public @Nullable T poll() {
    T first = members.pollFirst();
    if (first != null) {
      first.leaves(kind);
    }
    return first;
  }

  /** Who was first is last from now on. */
  public void rotate() {
    members.addLast(members.removeFirst());
  }

  /** Takes it out wherever it stands. */
  public void remove(T member) {
    if (member.standsIn(kind)) {
      member.leaves(kind);
      members.remove(member);
    }
  }
}
