// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.AckDelta;
import io.rxrpc.engine.packet.LossDetection;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.Rack;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.engine.policy.TailProbe;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Sequence;

/**
 * What a call makes of ACKs and timers as to losses: tells the path's window about them, marks what
 * is to be sent again, and takes back what was none (RFC 8985; RFC 4015 and 3708 by serials).
 */
final class Recovery {
  /** Losses of one large packet in a row that look like a path that does not carry it. */
  private static final int BLACK_HOLE = 3;

  final TailProbe probe = new TailProbe();

  private final TransmitQueue tx;
  private PathWindow path;
  private final Rack rack;
  private RttEstimator rtt;
  private final Counters counters;
  private boolean recovering;
  private int recoverUntil;

  /** The timer has expired and nothing shows yet whether rightly. */
  private boolean afterTimeout;

  /** The packet that everything waits for, and how often it was lost in a row. */
  private int stuckAt;

  private int stuck;
  private boolean largeVanish;
  private boolean jumbosVanish;

  /** Whether the latest DATA asked for an ACK. */
  boolean tailAsked;

  Recovery(TransmitQueue tx, PathWindow path, Rack rack, RttEstimator rtt, Counters counters) {
    this.tx = tx;
    this.path = path;
    this.rack = rack;
    this.rtt = rtt;
    this.counters = counters;
  }

  /** Begins anew, for another call. */
  void again(PathWindow ofPeer, RttEstimator rttOfPeer) {
    path = ofPeer;
    rtt = rttOfPeer;
    probe.again();
    recovering = false;
    recoverUntil = 0;
    afterTimeout = false;
    stuckAt = 0;
    stuck = 0;
    largeVanish = false;
    jumbosVanish = false;
    tailAsked = false;
  }

  /**
   * An ACK was taken.
   *
   * @param delta what it has changed
   * @param acked the serial it names, 0 for none
   */
  void taken(AckDelta delta, int acked, int reason, long now) {
    int newly = delta.newly;
    int spurious = delta.spurious;
    if (reason == AckReason.DUPLICATE && tx.resends.take(acked)) { // plays the part of a DSACK
      rack.repeatedForNothing(tx.order());
      spurious++;
    }
    if (newly > 0) {
      path.acked(newly, delta.newestSentAt, delta.flight, now, rtt.smoothed());
      if (tx.lost() == 0 && !recovering) {
        path.jumbo.acked();
      }
    }
    if (spurious > 0) {
      takeBack(spurious, now);
    } else if (newly > 0 && acked != 0) {
      afterTimeout = false;
    }
    if (recovering && Sequence.after(tx.firstUnacked(), recoverUntil)) {
      recovering = false;
      rack.recovered();
    }
    if (probe.answered(acked, reason, tx.inFlight() == 0)) {
      lost(1, now, now);
    }
    look(now);
  }

  private void takeBack(int packets, long now) {
    counters.add(Counter.LOSSES_SPURIOUS, packets);
    if (afterTimeout) {
      afterTimeout = false;
      path.undo(now);
      tx.losses.findAll(); // the rest is on its way as well
    } else {
      path.spurious(packets, now);
    }
  }

  /**
   * Looks for packets that have been overtaken for too long; {@link LossDetection#undecidedFor}
   * tells when to look again.
   */
  void look(long now) {
    int found = tx.losses.detect(tx.firstUnacked(), now, rtt.least(), rtt.smoothed(), recovering);
    if (found > 0) {
      lost(found, tx.losses.newestLost(), now);
      repairing();
      suspectSize();
      jumbosVanish |= path.jumbo.takeVanished();
    }
  }

  /** A large packet that is lost again and again while others pass may be too large. */
  private void suspectSize() {
    int first = tx.firstUnacked();
    if (!tx.isLost(first) || tx.length(first) <= MtuSearch.BASE) {
      return;
    }
    stuck = first == stuckAt ? stuck + 1 : 1;
    stuckAt = first;
    if (stuck >= BLACK_HOLE) {
      stuck = 0;
      largeVanish = true;
    }
  }

  /** Whether a large packet was lost again and again since this was asked last. */
  boolean takeLargeVanish() {
    boolean yes = largeVanish;
    largeVanish = false;
    return yes;
  }

  /** Whether jumbo datagrams were lost again and again since this was asked last. */
  boolean takeJumbosVanish() {
    boolean yes = jumbosVanish;
    jumbosVanish = false;
    return yes;
  }

  private void lost(int packets, long sentAt, long now) {
    if (path.lost(packets, sentAt, now)) {
      counters.add(Counter.FAST_RECOVERIES);
    }
  }

  private void repairing() {
    if (!recovering) {
      recovering = true;
      recoverUntil = tx.next() - 1;
    }
  }

  /**
   * The retransmission timer has expired with something in flight or lost.
   *
   * @param again whether nothing was acked since it expired last
   * @param outlived whether the silence says nothing of the path, which is another's too
   */
  void timedOut(boolean again, boolean outlived, long now) {
    long oldest = tx.sentAt(tx.firstUnacked());
    long had = rack.rtt() + rack.window(rtt.least(), rtt.smoothed(), true, 0);
    int found = tx.losses.loseSentBefore(tx.firstUnacked(), now - had);
    if (!outlived) {
      path.timedOut(found, oldest, again, now);
    }
    afterTimeout = true;
    probe.cancel();
    repairing();
    jumbosVanish |= path.jumbo.takeVanished();
  }

  /**
   * Server: the request has come again though a reply was sent, or its client asks and says that it
   * has nothing. One that has any of the reply does not do that, so what it could have by now is
   * lost.
   *
   * @return whether something is to be sent again
   */
  boolean replyMissed(long now) {
    if (tx.inFlight() == 0 || tx.isAnyAcked()) {
      return false;
    }
    long round = rtt.samples() == 0 ? rtt.timeout(0) : rtt.smoothed() + rtt.least() / 4;
    // the first one has crossed the request if it is younger than a round trip
    if (now - tx.sentAt(tx.firstUnacked()) < Math.max(round, 1_000_000)) {
      return false;
    }
    int found = tx.losses.loseSentBefore(tx.firstUnacked(), now - round);
    lost(found, tx.losses.newestLost(), now);
    repairing();
    return true;
  }
}
