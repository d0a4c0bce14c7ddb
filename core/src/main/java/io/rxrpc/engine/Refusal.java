// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.TransmitQueue;
import java.util.function.LongConsumer;

/**
 * A client call that its server refuses by BUSY. BUSY is no sign of life, as the call does
 * not live there: all of the request is to go again. It waits for its turn among the refused, and
 * asks with one packet; the rest follows when the server has taken it.
 */
final class Refusal {
  private static final long NEVER = Long.MAX_VALUE;

  private final TransmitQueue tx;

  /** The line of all calls that the same service has refused. */
  private final Refusals refused;

  /** For how long nothing but BUSY must come before the server is believed. */
  private final long patience;

  /** Has the call ask; told the time. */
  private final LongConsumer turn;

  /** When the server is believed that it is busy. */
  private long believedAt = NEVER;

  /** When it said so first, of all the times that count: see {@link #busy}. */
  private long refusedAt = NEVER;

  /** When the call seemed to be taken last. */
  private long tookAt;

  private boolean waiting;

  /** Whether the call has had its turn to ask, and no answer has come. */
  private boolean asking;

  /** How often in a row it was refused. */
  private int times;

  Refusal(TransmitQueue tx, Refusals refused, long patience, LongConsumer turn) {
    this.tx = tx;
    this.refused = refused;
    this.patience = patience;
    this.turn = turn;
  }

  /**
   * The server says that it is busy; whether all of the request is to go again from now on. One
   * that has acknowledged the request and refuses it then had not taken it: it acknowledges before
   * it knows, and has been busy all the time.
   */
  boolean busy(long now) {
    if (believedAt == NEVER) {
      if (refusedAt == NEVER || now - tookAt >= patience) {
        refusedAt = now;
      } else {
        refused.acknowledgesFirst();
      }
      believedAt = refusedAt + patience;
    }
    // what was read of it cannot be taken back, and each packet of a request is refused by itself
    boolean news = !waiting && tx.hardAcked() == 0 && tx.next() != 1;
    if (news) {
      waiting = true;
      asking = false;
      times++;
      tx.losses.refused();
      refused.add(this, now);
    }
    return news;
  }

  /** The call's turn has come: silence counts from now on. */
  void ask(long now) {
    waiting = false;
    asking = true;
    turn.accept(now);
  }

  /**
   * Something else than BUSY has come of the call: the server has taken it, as far as it says;
   * whether that was not known, and {@link #taken} is to be called.
   */
  boolean heard() {
    if (waiting) {
      refused.remove(this);
    }
    boolean news = waiting || asking;
    waiting = false;
    asking = false;
    return news;
  }

  /** The server has taken the call: there may be room for another, if it is a sign of that. */
  void taken(long now) {
    tookAt = now;
    if (refused.taken(now)) {
      times = 0;
    }
  }

  /** The server lives, with this call. */
  void alive() {
    believedAt = NEVER;
  }

  /** The call is over. */
  void stop() {
    if (waiting) {
      waiting = false;
      refused.remove(this);
    }
    asking = false;
  }

  /** Whether the server has not taken the call since. */
  boolean lasts() {
    return waiting || asking;
  }

  /** Whether the call waits for its turn. */
  boolean waits() {
    return waiting;
  }

  /** Whether nothing may be sent now: one packet is enough to ask. */
  boolean holds() {
    return waiting || (asking && tx.inFlight() > 0);
  }

  int times() {
    return times;
  }

  /** Whether BUSY is all that the server has said lately. */
  boolean standing() {
    return believedAt != NEVER;
  }

  long deadline() {
    return believedAt;
  }

  /** Whether the server is to be believed: not while it takes other calls in this one's place. */
  boolean expire(long now) {
    if (lasts()) {
      believedAt = Math.max(believedAt, refused.progressAt() + patience);
    }
    return believedAt <= now;
  }
}
