// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;

/**
 * When a call's receiver acknowledges, and with which reason. Several causes within one batch of
 * datagrams become one ACK, with the strongest reason.
 */
public final class AckPolicy {
  /** Packets in a row that ask, after which the sender seems not to know the round trip. */
  private static final int ASKS_ALWAYS = 8;

  /** Of these the answer to each so-manieth is held back for a little. */
  private static final int HOLD_EVERY = 4;

  /**
   * For how long, in nanoseconds. Linux notes when it sent a packet after that is out, and makes
   * nothing of an answer that comes before: its window then does not grow, and its timeout is a
   * second, doubled by each repetition.
   */
  private static final long HOLD = 100_000;

  private final long softDelay;
  private final int softEvery;
  private final int hardEvery;

  private int reason;
  private int serial;
  private int hole;
  private boolean immediate;
  private int unacked;
  private int asking;

  /** A packet that asks and whose answer is held back, 0 for none. */
  private int held;

  private int consumed;
  private long deadline = Long.MAX_VALUE;

  public static AckPolicy of(Tunables tunables) {
    return new AckPolicy(
        tunables.get(Tunable.SOFT_ACK_DELAY),
        tunables.getInt(Tunable.SOFT_ACK_EVERY),
        tunables.getInt(Tunable.HARD_ACK_EVERY));
  }

  public AckPolicy(long softDelay, int softEvery, int hardEvery) {
    this.softDelay = softDelay;
    this.softEvery = softEvery;
    this.hardEvery = hardEvery;
  }

  /** Begins anew, for another call. */
  public void again() {
    sent();
    hole = 0;
    asking = 0;
  }

  /** A packet in order. {@code filledHole}: packets behind it were already here. */
  public void inOrder(long now, int packetSerial, boolean requested, boolean filledHole) {
    unacked++;
    asking = requested ? asking + 1 : 0;
    if (requested && held != 0) {
      return; // this one's answer goes with it
    }
    if (requested && asking > ASKS_ALWAYS && asking % HOLD_EVERY == 0 && !immediate) {
      held = packetSerial;
      deadline = Math.min(deadline, now + HOLD);
    } else if (requested) {
      now(AckReason.REQUESTED, packetSerial);
    } else if (filledHole) {
      now(AckReason.DELAY, 0);
    } else if (unacked > softEvery) {
      now(AckReason.IDLE, 0); // nobody asked, so no serial that could be taken for an RTT
    } else {
      later(now);
    }
  }

  /** A packet that must be answered at once, for {@code why}. */
  public void atOnce(int why, int packetSerial) {
    now(why, packetSerial);
  }

  /**
   * The application has read packets, of which the sender must know: it had been told of little
   * room.
   *
   * @param all whether nothing is left to read: then nothing else would tell it
   */
  public void read(long now, int packets, boolean all) {
    consumed += packets;
    if (consumed > hardEvery || all) {
      now(AckReason.IDLE, 0);
    } else {
      later(now);
    }
  }

  /**
   * The last ACK may be lost: it goes again.
   *
   * @param missing whether a hole is left; R-95: what is missing goes again for an ACK that says
   *     why
   */
  public void again(boolean missing) {
    boolean same = missing && hole != 0;
    now(same ? AckReason.OUT_OF_SEQUENCE : AckReason.IDLE, same ? hole : 0);
  }

  /** Whether a packet has asked for the ACK that is due. */
  public boolean asked() {
    return immediate && reason == AckReason.REQUESTED;
  }

  /** The delayed ACK is due when its time has come. */
  public void expire(long now) {
    if (deadline <= now) {
      deadline = Long.MAX_VALUE;
      now(held != 0 ? AckReason.REQUESTED : AckReason.DELAY, held);
    }
  }

  public long deadline() {
    return deadline;
  }

  /** Whether an ACK is to be sent with the next transmission. */
  public boolean due() {
    return immediate;
  }

  public int reason() {
    return reason;
  }

  public int serial() {
    return serial;
  }

  /** An ACK was sent, or DATA that stands for it. */
  public void sent() {
    hole = immediate && reason == AckReason.OUT_OF_SEQUENCE ? serial : 0;
    immediate = false;
    reason = 0;
    serial = 0;
    unacked = 0;
    held = 0;
    consumed = 0;
    deadline = Long.MAX_VALUE;
  }

  private void later(long now) {
    if (!immediate && deadline == Long.MAX_VALUE) {
      deadline = now + softDelay;
    }
  }

  private void now(int why, int packetSerial) {
    // of two alike the later: its serial is the better RTT sample
    if (!immediate || strength(why) >= strength(reason)) {
      reason = why;
      serial = packetSerial;
    }
    immediate = true;
  }

  private static int strength(int why) {
    return switch (why) {
      case AckReason.IDLE -> 1;
      case AckReason.DELAY -> 2;
      case AckReason.REQUESTED -> 3;
      case AckReason.DUPLICATE -> 4;
      case AckReason.EXCEEDS_WINDOW -> 5;
      case AckReason.NOSPACE -> 6;
      case AckReason.OUT_OF_SEQUENCE -> 7;
      default -> 0;
    };
  }
}
