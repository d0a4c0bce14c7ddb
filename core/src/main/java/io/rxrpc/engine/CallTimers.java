// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.AckRepeat;
import io.rxrpc.engine.policy.Liveness;
import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.TailProbe;
import io.rxrpc.engine.table.Timed;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import org.jspecify.annotations.Nullable;

/** The deadlines of a call: what each is for, and what happens when it passes. */
final class CallTimers extends Timed {
  private static final long NEVER = Long.MAX_VALUE;

  private final Call call;
  private final EngineContext context;

  /** What was sent and may be lost. */
  private final ResendClock resends;

  /** When the call's time is over, whatever happens. */
  private long limitAt = NEVER;

  /** Server: since when the next packet of the request is awaited, for IDLE_DEAD_TIME. */
  private long awaitedSince;

  /** Client: what follows from the server's BUSY; null if none came. */
  private @Nullable Refusal refusal;

  private long idleDeadTime;

  /** Signs of life: each KEEPALIVE without one asks, DEAD_TIME without one ends the call. */
  private final Liveness life;

  /** Client: the request shall not seem to pause. */
  final RequestRepeat repeat;

  /** What is missing of the phase that arrives. */
  final HoleWatch hole;

  /** What the peer waits for may be our last ACK, and lost. */
  final AckRepeat ackAgain;

  private final long busyPatience;

  CallTimers(Call call, long now) {
    this.call = call;
    context = call.context;
    Tunables tunables = context.tunables;
    CallTuning tuning = context.tuning;
    resends =
        new ResendClock(
            call.tx,
            call.peer.rtt,
            call.recovery,
            call.isClient(),
            tunables.get(Tunable.PEER_ACK_DELAY),
            tunables.get(Tunable.PEER_LAST_ACK_DELAY));
    busyPatience = tunables.get(Tunable.BUSY_PATIENCE);
    life = new Liveness(!call.isClient(), tuning.keepalive(), tuning.deadTime(), now);
    long pause = tunables.get(Tunable.REQUEST_REPEAT);
    repeat = new RequestRepeat(call.tx, context.pool, life, call.isClient() ? pause : 0);
    hole = new HoleWatch(call.rx, call.peer.rtt, tuning.keepalive());
    ackAgain = new AckRepeat(tunables.get(Tunable.ACK_REPEAT));
    awaitedSince = now;
    idleDeadTime = tunables.get(Tunable.IDLE_DEAD_TIME);
    long limit = tunables.get(Tunable.CALL_TIMEOUT);
    if (limit > 0) {
      limitAt = now + limit;
    }
  }

  // what happens to the call

  /** Sets the hard limit. */
  void limit(long at) {
    limitAt = at;
    context.timers.update(this);
  }

  /** Client: the first packet goes out; before it the peer cannot be silent. */
  void begin(long now) {
    life.begin(now);
  }

  /** The call has a connection, of which packets up to that serial were sent. */
  void serialsAfter(int serial) {
    life.serialsAfter(serial);
  }

  /** Any packet of the call. */
  void heard(long now) {
    life.packet(now);
    if (refusal != null && refusal.heard()) {
      armResend(now);
      refusal.taken(now);
    }
  }

  /** The peer has shown that it lives: see {@link Liveness}. */
  void alive(long now) {
    life.alive(now);
    if (refusal != null) {
      refusal.alive();
    }
  }

  /** The peer names a packet of ours; returns whether that shows that it lives. */
  boolean answered(int serial, int latest, long now) {
    boolean answers = life.answers(serial, latest);
    if (answers) {
      alive(now);
    }
    return answers;
  }

  /** The peer asks for an ACK: so a client that pauses in its request still wants the call. */
  void asked(long now) {
    if (idleAt() != NEVER) {
      alive(now);
    }
  }

  /** Whether any packet of the call has come. */
  boolean wasHeard() {
    return life.wasHeard();
  }

  /** When any packet of the call came last. */
  long heardAt() {
    return life.heardAt();
  }

  /** Since when nothing was heard. */
  long silence(long now) {
    return life.silence(now);
  }

  /** A silent peer is pinged at least so often. */
  void pingEvery(long nanos) {
    life.pingEvery(nanos);
    context.timers.update(this);
  }

  /** Sets how long silence is borne; 0 leaves a value as it is. */
  void patience(long dead, long idle) {
    life.patience(dead);
    idleDeadTime = idle == 0 ? idleDeadTime : idle;
    context.timers.update(this);
  }

  /** The call is over. */
  void stop(long now) {
    repeat.clear();
    context.timers.remove(this);
    boolean served = call.isClient() && wasHeard();
    if (refusal != null) {
      served &= !refusal.lasts();
      refusal.stop();
    }
    Refusals others = call.peer.refusals(call.serviceId);
    if (served && others != null) {
      others.ended(now);
    }
  }

  /** Client: the server says it is busy. */
  void busy(long now) {
    Refusal r = refusal;
    if (r == null) {
      Refusals others = call.peer.refusals(call.serviceId, now);
      r = new Refusal(call.tx, others, busyPatience, this::askAgain);
      refusal = r;
    }
    if (r.busy(now)) {
      call.recovery.probe.cancel();
      resetBackoff();
      armResend(now);
      call.peer.unblock();
    }
    believeBusy(r, now);
    context.timers.update(this);
  }

  /** One that was refused asks again: silence counts from here on. */
  private void askAgain(long now) {
    life.alive(now);
    resetBackoff();
    call.lists.output(call);
  }

  /** Ends the call if it is time to believe that the server is busy, and stays so. */
  private void believeBusy(Refusal r, long now) {
    if (r.expire(now)) {
      call.complete(Completion.busy("the server is busy"), now);
    }
  }

  /** Whether the last packet of the request is to go once more now. */
  boolean takeRepeat(long now) {
    return repeat.take(call.state(), mayPauseHarm(), now);
  }

  /** Whether the server may be a Linux, which gives up requests that pause, and takes the call. */
  private boolean mayPauseHarm() {
    return !refused() && call.peer.mayBeLinux();
  }

  /** Whether the server has refused the call and not taken it since. */
  boolean refused() {
    return refusal != null && refusal.lasts();
  }

  /** Whether nothing may be sent, as the server has refused the call. */
  boolean held() {
    return refusal != null && refusal.holds();
  }

  /**
   * The next packet of the request may take its time from now on: DATA came that goes on where the
   * rest ended, or the reader has made room. Repeats do not count: they are all a client sends when
   * the server was started again in the middle of its request.
   */
  void awaitData(long now) {
    awaitedSince = now;
  }

  /** An ACK of what arrives went out. */
  void acked(long now) {
    ReceiveQueue rx = call.rx;
    CallState state = call.state();
    boolean receiving =
        state == CallState.CLIENT_RECV_REPLY || state == CallState.SERVER_RECV_REQUEST;
    if (receiving && !rx.complete()) {
      ackAgain.sent(now, rx.highest() != rx.inOrder());
      context.timers.update(this);
    } else {
      ackAgain.stop();
    }
  }

  /** Asks the peer where it stands, if it was not asked lately. */
  void doubt(long now) {
    if (now - life.lastPing() >= life.keepalive()) {
      call.ping(now);
    }
  }

  void pinged(long now) {
    life.pinged(now);
  }

  void resetBackoff() {
    resends.resetBackoff();
  }

  /** Whether nothing was acked while the retransmission timer expired two times in a row. */
  boolean expiredTwice() {
    return resends.backoff() > 1;
  }

  boolean resendArmed() {
    return resends.armed();
  }

  /** Arms the retransmission timer anew, or stops it (RFC 6298 §5). */
  void armResend(long now) {
    resends.arm(now, refusal != null && refusal.waits(), refused());
    context.timers.update(this);
  }

  /** DATA went out. */
  void dataSent(long now) {
    if (call.isClient()) {
      repeat.sent(now);
    }
    if (resends.dataSent(now, refusal != null && refusal.waits(), refused())) {
      context.timers.update(this);
    }
  }

  /** Losses were looked for: what they tell of the path, and when to look again. */
  void lossesSeen(long now) {
    judgePath(now);
    if (resends.reorder(now, call.tx.losses.undecidedFor())) {
      context.timers.update(this);
    }
  }

  /** What vanishes again and again may be too large for the path. */
  private void judgePath(long now) {
    if (call.recovery.takeLargeVanish()) {
      call.peer.largePacketsVanish(now);
    }
    if (call.recovery.takeJumbosVanish()) {
      call.peer.jumbosVanish(now);
    }
  }

  // deadlines

  @Override
  public long deadline() {
    if (call.state() == CallState.COMPLETE) {
      return NEVER;
    }
    if (call.state() == CallState.CLIENT_AWAIT_CONN) {
      return limitAt;
    }
    long d = Math.min(Math.min(resends.deadline(), call.acks.deadline()), call.reads.deadline());
    d = Math.min(d, Math.min(limitAt, ackAgain.deadline()));
    d = Math.min(d, Math.min(deadAt(), life.askAt()));
    d = Math.min(d, Math.min(hole.askAt(), repeatAt()));
    return Math.min(Math.min(d, refusal == null ? NEVER : refusal.deadline()), idleAt());
  }

  private long repeatAt() {
    return repeat.dueAt(call.state(), mayPauseHarm());
  }

  private long deadAt() {
    if (refusal != null && refusal.waits()) {
      return NEVER; // it was not asked since
    }
    return neverAsked() ? Math.min(life.deadAt(), life.askedBy()) : life.deadAt();
  }

  /** Whether the server has not asked who calls, though it must before it takes the call. */
  private boolean neverAsked() {
    Channel ch = call.channel;
    return ch != null && ch.connection instanceof ClientConnection c && c.proof.neverAsked();
  }

  private long idleAt() {
    return call.state() == CallState.SERVER_RECV_REQUEST && call.rx.readable() == 0
        ? awaitedSince + idleDeadTime
        : NEVER;
  }

  @Override
  public void expire(long now) {
    if (limitAt <= now) {
      call.fail(AbortCodes.RX_CALL_TIMEOUT, Errno.ETIME, "the call's time limit is over", now);
    } else if (call.state() == CallState.CLIENT_AWAIT_CONN) {
      return;
    } else if (refusal != null && refusal.deadline() <= now) {
      believeBusy(refusal, now);
    } else if (deadAt() <= now) {
      dead(now);
    } else if (idleAt() <= now) {
      call.fail(AbortCodes.RX_CALL_TIMEOUT, Errno.ETIME, "the client stopped sending", now);
    } else {
      expireReceiving(now);
      expireSending(now);
      if (hole.expire(now) && (call.isClient() || call.peer.reach.mayRepeat(now))) {
        call.ping(now);
      }
      if (repeatAt() <= now) {
        repeat.want();
        call.lists.output(call);
      }
      if (life.askAt() <= now) {
        askForLife(now);
      }
    }
  }

  private void expireReceiving(long now) {
    if (call.reads.expire(now)) {
      call.post(Call.READABLE);
    }
    call.acks.expire(now);
    if (ackAgain.due(now)) {
      call.acks.again(hole.open());
    }
    if (call.acks.due()) {
      call.lists.output(call);
    }
  }

  private void expireSending(long now) {
    if (resends.reorderDue(now)) {
      call.recovery.look(now);
      lossesSeen(now);
      call.lists.output(call);
      call.peer.unblock();
    }
    if (resends.probeDue(now)) {
      probe(now);
    } else if (resends.resendDue(now)) {
      resend(now);
    }
  }

  private void askForLife(long now) {
    Reach reach = call.peer.reach;
    if (!call.isClient() && !reach.mayRepeat(now)) {
      pinged(now);
    } else if (resends.replyEnds() && !reach.proven()) {
      // one of few occasions: OpenAFS answers DATA of a call that it has ended, but no PING
      pinged(now);
      call.tx.losses.loseLast();
      call.lists.output(call);
    } else {
      call.ping(now);
      if (call.channel != null) {
        call.channel.connection.asked(now);
      }
    }
  }

  private void dead(long now) {
    if (refusal != null && refusal.standing()) {
      call.complete(Completion.busy("the server is busy"), now);
    } else if (life.deadAt() > now) {
      // Linux asks once, and acknowledges whether that arrives or not
      String why = "the server acknowledges, but never asked who calls (its CHALLENGE was lost)";
      call.fail(AbortCodes.RX_CALL_DEAD, Errno.ETIME, why, now);
    } else {
      Bundle bundle = call.bundle;
      if (bundle != null && call.peer.heardAt + life.deadTime() <= now) {
        bundle.silent(now); // before one of them gets the channel
      }
      silent(now);
    }
  }

  private void silent(long now) {
    call.fail(AbortCodes.RX_CALL_DEAD, Errno.ETIME, "the peer is silent", now);
  }

  /** The peer says nothing to anybody: a call that has waited so long for a channel is dead too. */
  void silentWhileWaiting(long now) {
    if (silence(now) >= life.deadTime()) {
      silent(now);
    }
  }

  private void probe(long now) {
    TailProbe probe = call.recovery.probe;
    resends.probing();
    context.counters.add(Counter.TAIL_PROBES);
    if (resends.replyEnds()) {
      // the last packet must not ask; what the answer to a PING does not ack is lost
      probe.sent(call.ping(now), false);
    } else {
      probe.want();
      call.lists.output(call);
    }
    resends.probed(now);
  }

  private void resend(long now) {
    TransmitQueue tx = call.tx;
    if (!call.isClient() && !call.peer.reach.mayRepeat(now)) {
      resends.backOff();
      armResend(now);
      return;
    }
    if (tx.inFlight() == 0 && tx.lost() == 0) {
      if (!call.isClient() && tx.lastQueued() && tx.unsent() == 0 && (resends.backoff() & 1) != 0) {
        // only the final hard ACK is missing; OpenAFS answers DATA of a finished call, not a PING
        tx.losses.loseLast();
        call.lists.output(call);
      } else {
        call.ping(now); // the window is closed, or only the final hard ACK is missing
      }
    } else {
      context.counters.add(Counter.TIMEOUTS_RESEND);
      int first = tx.firstUnacked();
      if (resends.backoff() > 0
          && tx.length(first) > MtuSearch.BASE
          && !call.peer.outlived(call)
          && !call.peer.path.largePassed(tx.sentAt(first))) { // else it is the call that is silent
        call.peer.largePacketsVanish(now);
      }
      call.recovery.timedOut(resends.backoff() > 0, call.peer.outlived(call), now);
      judgePath(now);
      call.lists.output(call);
      call.peer.unblock();
    }
    resends.backOff();
    armResend(now);
  }

  @Override
  public String toString() {
    return call.toString();
  }
}
