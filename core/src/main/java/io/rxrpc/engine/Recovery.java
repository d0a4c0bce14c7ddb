package io.rxrpc.engine;

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

  private final Call call;
  private boolean recovering;
  private int recoverUntil;

  /** The timer has expired and nothing shows yet whether rightly. */
  private boolean afterTimeout;

  /** The packet that everything waits for, and how often it was lost in a row. */
  private int stuckAt;

  private int stuck;

  /** Whether the latest DATA asked for an ACK. */
  boolean tailAsked;

  Recovery(Call call) {
    this.call = call;
  }

  /**
   * An ACK was taken.
   *
   * @param newly packets it acked for the first time
   * @param flight packets in flight to the peer before
   * @param acked the serial it names, 0 for none
   */
  void taken(int newly, int flight, int acked, int reason, long now) {
    TransmitQueue tx = call.tx;
    PathWindow path = call.peer.path;
    int spurious = tx.spurious();
    if (reason == AckReason.DUPLICATE && tx.resends.take(acked)) { // plays the part of a DSACK
      call.rack.repeatedForNothing(tx.order());
      spurious++;
    }
    if (newly > 0) {
      path.acked(newly, tx.newestAcked(), flight, now, call.peer.rtt.smoothed());
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
      call.rack.recovered();
    }
    if (probe.answered(acked, reason, tx.inFlight() == 0)) {
      lost(1, now, now);
    }
    look(now);
  }

  private void takeBack(int packets, long now) {
    PathWindow path = call.peer.path;
    call.endpoint.counters.add(Counter.LOSSES_SPURIOUS, packets);
    if (afterTimeout) {
      afterTimeout = false;
      path.undo(now);
      call.tx.findAll(); // the rest is on its way as well
    } else {
      path.spurious(packets, now);
    }
  }

  /** Looks for packets that have been overtaken for too long, and says when to look again. */
  void look(long now) {
    TransmitQueue tx = call.tx;
    RttEstimator rtt = call.peer.rtt;
    int found = tx.detectLost(now, rtt.least(), rtt.smoothed(), recovering);
    if (found > 0) {
      lost(found, tx.newestLost(), now);
      repairing();
      suspectSize(now);
      suspectJumbos(now);
    }
    call.timers.reorder(now, tx.undecidedFor());
  }

  /** A large packet that is lost again and again while others pass may be too large. */
  private void suspectSize(long now) {
    TransmitQueue tx = call.tx;
    int first = tx.firstUnacked();
    if (!tx.isLost(first) || tx.length(first) <= MtuSearch.BASE) {
      return;
    }
    stuck = first == stuckAt ? stuck + 1 : 1;
    stuckAt = first;
    if (stuck >= BLACK_HOLE) {
      stuck = 0;
      call.peer.largePacketsVanish(now);
    }
  }

  private void suspectJumbos(long now) {
    if (call.peer.path.jumbo.takeVanished()) {
      call.peer.jumbosVanish(now);
    }
  }

  private void lost(int packets, long sentAt, long now) {
    if (call.peer.path.lost(packets, sentAt, now)) {
      call.endpoint.counters.add(Counter.FAST_RECOVERIES);
    }
  }

  private void repairing() {
    if (!recovering) {
      recovering = true;
      recoverUntil = call.tx.next() - 1;
    }
  }

  /**
   * The retransmission timer has expired with something in flight or lost.
   *
   * @param again whether nothing was acked since it expired last
   */
  void timedOut(boolean again, long now) {
    TransmitQueue tx = call.tx;
    RttEstimator rtt = call.peer.rtt;
    long oldest = tx.sentAt(tx.firstUnacked());
    long had = call.rack.rtt() + call.rack.window(rtt.least(), rtt.smoothed(), true, 0);
    int found = tx.loseSentBefore(now - had);
    if (!call.peer.outlived(call)) {
      call.peer.path.timedOut(found, oldest, again, now);
    }
    afterTimeout = true;
    probe.cancel();
    repairing();
    suspectJumbos(now);
  }

  /**
   * Server: the request has come again though a reply was sent. A client that has any of the reply
   * does not do that, so what it could have by now is lost.
   *
   * @return whether something is to be sent again
   */
  boolean replyMissed(long now) {
    TransmitQueue tx = call.tx;
    if (tx.inFlight() == 0 || tx.isAnyAcked()) {
      return false;
    }
    RttEstimator rtt = call.peer.rtt;
    long round = rtt.samples() == 0 ? rtt.timeout(0) : rtt.smoothed() + rtt.least() / 4;
    // the first one has crossed the request if it is younger than a round trip
    if (now - tx.sentAt(tx.firstUnacked()) < Math.max(round, 1_000_000)) {
      return false;
    }
    int found = tx.loseSentBefore(now - round);
    lost(found, tx.newestLost(), now);
    repairing();
    return true;
  }
}
