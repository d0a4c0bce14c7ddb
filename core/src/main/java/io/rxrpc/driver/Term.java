// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.driver;

import org.jspecify.annotations.Nullable;

/** What a thread of a {@link Crew} knows of its lead. Used by that thread alone. */
final class Term {
  private static final ThreadLocal<@Nullable Term> MINE = new ThreadLocal<>();

  private final Crew crew;
  private final Lead lead;

  /** Its number as a leader, whether it still is one or not. */
  private long number;

  Term(Crew crew, Lead lead) {
    this.crew = crew;
    this.lead = lead;
    number = lead.number();
    MINE.set(this);
  }

  /** This thread's, or null if it is none of a crew. Costs a virtual thread no memory. */
  static @Nullable Term mine(boolean virtualOnes) {
    return !virtualOnes && Thread.currentThread().isVirtual() ? null : MINE.get();
  }

  /** It leads from now on, with this number. */
  void begins(long mine) {
    number = mine;
  }

  /** Goes into code of others. */
  void enter() {
    number = lead.enter(number);
    crew.watch();
  }

  /** Comes back; whether it still leads. */
  boolean leave() {
    long back = lead.leave(number);
    if (back == Lead.NONE) {
      return false;
    }
    number = back;
    return true;
  }

  /** It is going to wait. A leader in code of others has somebody take over at once. */
  void waits() {
    if (Lead.isAway(number) && lead.number() == number) {
      lead.urge(number);
      crew.relieve();
    }
  }

  /** Whether it leads that crew and minds the port. */
  boolean minds(Crew which) {
    return crew == which && !Lead.isAway(number) && lead.number() == number;
  }
}
