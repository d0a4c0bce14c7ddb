// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.TransmitQueue;

/**
 * Whether a peer has shown that it gets what is sent to its address. Until then its address may be
 * somebody else's, and who asks with it must not make us send that one more than a few packets.
 */
final class Reach {
  /** Packets that timers may add until the peer is heard again: one repeat, and one PING. */
  private static final int REPEATS = 2;

  /** Intervals for keepalive between the first of those and what may be repeated after them. */
  private static final int SLOW = 5;

  /** The longest pause between what may be repeated after them, in nanoseconds. */
  private static final long SLOWEST = 30_000_000_000L;

  /**
   * Packets of a reply that lie ready for who is not proven: a 16 KiB block, so a flood holds
   * little.
   */
  private static final int READY = 11;

  /** How far it is known. */
  enum Standing {
    /** It has sent something. Anybody can, with any address. */
    STRANGER,
    /** It has acked data, as one who got it would; who does not get it has to guess a number. */
    ANSWERED,
    /** It knows a serial or a nonce that was sent to it and nowhere else. */
    PROVEN
  }

  /**
   * What is the same for all peers of an endpoint.
   *
   * @param keepalive the interval for keepalive, in nanoseconds
   * @param allowance packets of replies that a stranger may draw
   */
  record Rules(BufferPool pool, Counters counters, long keepalive, int allowance) {}

  private final Rules rules;
  private Standing standing;

  /** Packets of replies that may go out before it is heard again. */
  private int credit;

  private int repeats = REPEATS;

  /** When the next repeat may be after those, and the pause behind it. */
  private long slowAt;

  private long pause;

  /**
   * @param known whether this side calls it of its own accord: then it is no stranger
   */
  Reach(Rules rules, boolean known) {
    this.rules = rules;
    credit = rules.allowance;
    standing = known ? Standing.ANSWERED : Standing.STRANGER;
  }

  boolean stranger() {
    return standing == Standing.STRANGER;
  }

  /** Whether it is where it says it is. */
  boolean proven() {
    return standing == Standing.PROVEN;
  }

  /** A packet came from its address: a client that lost our reply asks again. */
  void heard() {
    if (standing != Standing.PROVEN) {
      credit = Math.min(credit + rules.allowance, 4 * rules.allowance);
      repeats = REPEATS;
    }
  }

  /** Packets of replies that may be sent now. */
  int credit() {
    return standing == Standing.PROVEN ? Integer.MAX_VALUE : credit;
  }

  /**
   * Packets of one reply that memory may be held for. When it becomes scarce that of strangers is
   * for those who are known; who has nothing to lose but the answer to a PING gives that first.
   */
  int queue() {
    if (standing == Standing.PROVEN || !rules.pool.sendersHoldMoreThan(8)) {
      return TransmitQueue.CAPACITY;
    }
    return rules.pool.sendersHoldMoreThan(2) ? 0 : Math.max(READY, rules.allowance);
  }

  /** So many packets of replies were sent. */
  void spend(int packets) {
    if (standing != Standing.PROVEN) {
      credit -= packets;
      if (credit <= 0) {
        rules.counters.add(Counter.REPLIES_HELD_BACK);
      }
    }
  }

  /**
   * A timer wants to send something that the peer has not asked for; whether it may. Twice as it
   * likes, and then ever more slowly: an honest client whose final ACK was lost says nothing more,
   * and its answers may be lost too.
   */
  boolean mayRepeat(long now) {
    if (standing == Standing.PROVEN) {
      return true;
    }
    if (repeats > 0) {
      if (repeats-- == REPEATS) {
        pause = SLOW * rules.keepalive;
      }
    } else if (now >= slowAt) {
      pause = Math.min(2 * pause, Math.max(pause, SLOWEST));
    } else {
      return false;
    }
    slowAt = now + pause;
    credit = Math.max(credit, 1);
    return true;
  }

  /** It acked data; whether it was a stranger until now. */
  boolean answered() {
    boolean stranger = stranger();
    if (stranger) {
      standing = Standing.ANSWERED;
    }
    return stranger;
  }

  /** It named a serial, or answered a CHALLENGE; whether that was not proven before. */
  boolean prove() {
    boolean news = standing != Standing.PROVEN;
    standing = Standing.PROVEN;
    return news;
  }
}
