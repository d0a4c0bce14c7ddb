// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.packet.TransmitQueue;
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
  private CallGear gear;

  /** When the call's time is over, whatever happens. */
  private long limitAt = NEVER;

  /**
   * Server: since when the next packet of the request is awaited, for IDLE_DEAD_TIME. While the
   * call has no gear, since when nothing was heard.
   */
  private long awaitedSince;

  /** For {@link CallGear#life}, which does not begin before there is a channel. */
  private long keepalive;

  private long deadTime;

  /** Client: what follows from the server's BUSY; null if none came. */
  private @Nullable Refusal refusal;

  private long idleDeadTime;

  CallTimers(Call call, long now) {
    this.call = call;
    context = call.context;
    gear = call.gear;
    keepalive = context.tuning.keepalive();
    deadTime = context.tuning.deadTime();
    Tunables tunables = context.tunables;
    awaitedSince = now;
    idleDeadTime = tunables.get(Tunable.IDLE_DEAD_TIME);
    long limit = tunables.get(Tunable.CALL_TIMEOUT);
    if (limit > 0) {
      limitAt = now + limit;
    }
  }

  // what happens to the call

  /** The call has a channel, and with it what it works with. */
  void begin(CallGear taken) {
    gear = taken;
    gear.life.again(!call.isClient(), keepalive, deadTime, awaitedSince);
  }

  /** Sets the hard limit. */
  void limit(long at) {
    limitAt = at;
    context.timers.update(this);
  }

  /** Client: the first packet goes out; before it the peer cannot be silent. */
  void begin(long now) {
    gear.life.begin(now);
  }

  /** The call has a connection, of which packets up to that serial were sent. */
  void serialsAfter(int serial) {
    gear.life.serialsAfter(serial);
  }

  /** Any packet of the call. */
  void heard(long now) {
    gear.life.packet(now);
    if (refusal != null && refusal.heard()) {
      armResend(now);
      refusal.taken(now);
    }
  }

  /** The peer has shown that it lives: see {@link Liveness}. */
  void alive(long now) {
    gear.life.alive(now);
    if (refusal != null) {
      refusal.alive();
    }
  }

  /** The peer names a packet of ours; returns whether that shows that it lives. */
  boolean answered(int serial, int latest, long now) {
    boolean answers = gear.life.answers(serial, latest);
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
    return gear.life.wasHeard();
  }

  /** When any packet of the call came last. */
  long heardAt() {
    return gear.life.heardAt();
  }

  /** Since when nothing was heard. */
  long silence(long now) {
    return gear.isGone() ? Math.max(0, now - awaitedSince) : gear.life.silence(now);
  }

  /** A silent peer is pinged at least so often. */
  void pingEvery(long nanos) {
    keepalive = Math.min(keepalive, nanos);
    gear.life.pingEvery(keepalive);
    context.timers.update(this);
  }

  /** Sets how long silence is borne; 0 leaves a value as it is. */
  void patience(long dead, long idle) {
    deadTime = dead == 0 ? deadTime : dead;
    gear.life.patience(deadTime);
    idleDeadTime = idle == 0 ? idleDeadTime : idle;
    context.timers.update(this);
  }

  /** The call's gear is about to be given back. */
  void giveBack() {
    awaitedSince = heardAt();
    gear = context.gears.gone();
    context.timers.remove(this);
  }

  /** The call is over. */
  void stop(long now) {
    gear.repeat.clear();
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
      r = new Refusal(gear.tx, others, context.tunables.get(Tunable.BUSY_PATIENCE), this::askAgain);
      refusal = r;
    }
    if (r.busy(now)) {
      gear.recovery.probe.cancel();
      resetBackoff();
      armResend(now);
      call.peer.unblock();
    }
    believeBusy(r, now);
    context.timers.update(this);
  }

  /** One that was refused asks again: silence counts from here on. */
  private void askAgain(long now) {
    gear.life.alive(now);
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
    return gear.repeat.take(call.state(), mayPauseHarm(), now);
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
    ReceiveQueue rx = gear.rx;
    CallState state = call.state();
    boolean receiving =
        state == CallState.CLIENT_RECV_REPLY || state == CallState.SERVER_RECV_REQUEST;
    if (receiving && !rx.complete()) {
      gear.ackAgain.sent(now, rx.highest() != rx.inOrder());
      context.timers.update(this);
    } else {
      gear.ackAgain.stop();
    }
  }

  /** Asks the peer where it stands, if it was not asked lately. */
  void doubt(long now) {
    if (now - gear.life.lastPing() >= gear.life.keepalive()) {
      call.ping(now);
    }
  }

  void pinged(long now) {
    gear.life.pinged(now);
  }

  void resetBackoff() {
    gear.resends.resetBackoff();
  }

  /** Whether nothing was acked while the retransmission timer expired two times in a row. */
  boolean expiredTwice() {
    return gear.resends.backoff() > 1;
  }

  boolean resendArmed() {
    return gear.resends.armed();
  }

  /** Arms the retransmission timer anew, or stops it (RFC 6298 §5). */
  void armResend(long now) {
    gear.resends.arm(now, refusal != null && refusal.waits(), refused());
    context.timers.update(this);
  }

  /** DATA went out. */
  void dataSent(long now) {
    if (call.isClient()) {
      gear.repeat.sent(now);
    }
    if (gear.resends.dataSent(now, refusal != null && refusal.waits(), refused())) {
      context.timers.update(this);
    }
  }

  /** Losses were looked for: what they tell of the path, and when to look again. */
  void lossesSeen(long now) {
    judgePath(now);
    if (gear.resends.reorder(now, gear.tx.losses.undecidedFor())) {
      context.timers.update(this);
    }
  }

  /** What vanishes again and again may be too large for the path. */
  private void judgePath(long now) {
    if (gear.recovery.takeLargeVanish()) {
      call.peer.largePacketsVanish(now);
    }
    if (gear.recovery.takeJumbosVanish()) {
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
    long d = Math.min(gear.resends.deadline(), gear.acks.deadline());
    d = Math.min(d, gear.reads.deadline());
    d = Math.min(d, Math.min(limitAt, gear.ackAgain.deadline()));
    d = Math.min(d, Math.min(deadAt(), gear.life.askAt()));
    d = Math.min(d, Math.min(gear.hole.askAt(), repeatAt()));
    return Math.min(Math.min(d, refusal == null ? NEVER : refusal.deadline()), idleAt());
  }

  private long repeatAt() {
    return gear.repeat.dueAt(call.state(), mayPauseHarm());
  }

  private long deadAt() {
    if (refusal != null && refusal.waits()) {
      return NEVER; // it was not asked since
    }
    return neverAsked() ? Math.min(gear.life.deadAt(), gear.life.askedBy()) : gear.life.deadAt();
  }

  /** Whether the server has not asked who calls, though it must before it takes the call. */
  private boolean neverAsked() {
    Channel ch = call.channel;
    return ch != null && ch.connection instanceof ClientConnection c && c.proof.neverAsked();
  }

  private long idleAt() {
    return call.state() == CallState.SERVER_RECV_REQUEST && gear.rx.readable() == 0
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
      if (gear.hole.expire(now) && (call.isClient() || call.peer.reach.mayRepeat(now))) {
        call.ping(now);
      }
      if (repeatAt() <= now) {
        gear.repeat.want();
        call.lists.output(call);
      }
      if (gear.life.askAt() <= now) {
        askForLife(now);
      }
    }
  }

  private void expireReceiving(long now) {
    if (gear.reads.expire(now)) {
      call.post(Call.READABLE);
    }
    gear.acks.expire(now);
    if (gear.ackAgain.due(now)) {
      gear.acks.again(gear.hole.open());
    }
    if (gear.acks.due()) {
      call.lists.output(call);
    }
  }

  private void expireSending(long now) {
    if (gear.resends.reorderDue(now)) {
      gear.recovery.look(now);
      lossesSeen(now);
      call.lists.output(call);
      call.peer.unblock();
    }
    if (gear.resends.probeDue(now)) {
      probe(now);
    } else if (gear.resends.resendDue(now)) {
      resend(now);
    }
  }

  private void askForLife(long now) {
    Reach reach = call.peer.reach;
    if (!call.isClient() && !reach.mayRepeat(now)) {
      pinged(now);
    } else if (gear.resends.replyEnds() && !reach.proven()) {
      // one of few occasions: OpenAFS answers DATA of a call that it has ended, but no PING
      pinged(now);
      gear.tx.losses.loseLast();
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
    } else if (gear.life.deadAt() > now) {
      // Linux asks once, and acknowledges whether that arrives or not
      String why = "the server acknowledges, but never asked who calls (its CHALLENGE was lost)";
      call.fail(AbortCodes.RX_CALL_DEAD, Errno.ETIME, why, now);
    } else {
      Bundle bundle = call.bundle;
      if (bundle != null && call.peer.heardAt + deadTime <= now) {
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
    if (silence(now) >= deadTime) {
      silent(now);
    }
  }

  private void probe(long now) {
    TailProbe probe = gear.recovery.probe;
    gear.resends.probing();
    context.counters.add(Counter.TAIL_PROBES);
    if (gear.resends.replyEnds()) {
      // the last packet must not ask; what the answer to a PING does not ack is lost
      probe.sent(call.ping(now), false);
    } else {
      probe.want();
      call.lists.output(call);
    }
    gear.resends.probed(now);
  }

  private void resend(long now) {
    TransmitQueue tx = gear.tx;
    if (!call.isClient() && !call.peer.reach.mayRepeat(now)) {
      gear.resends.backOff();
      armResend(now);
      return;
    }
    if (tx.inFlight() == 0 && tx.lost() == 0) {
      if (!call.isClient()
          && tx.lastQueued()
          && tx.unsent() == 0
          && (gear.resends.backoff() & 1) != 0) {
        // only the final hard ACK is missing; OpenAFS answers DATA of a finished call, not a PING
        tx.losses.loseLast();
        call.lists.output(call);
      } else {
        call.ping(now); // the window is closed, or only the final hard ACK is missing
      }
    } else {
      context.counters.add(Counter.TIMEOUTS_RESEND);
      int first = tx.firstUnacked();
      if (gear.resends.backoff() > 0
          && tx.length(first) > MtuSearch.BASE
          && !call.peer.outlived(call)
          && !call.peer.path.largePassed(tx.sentAt(first))) { // else it is the call that is silent
        call.peer.largePacketsVanish(now);
      }
      gear.recovery.timedOut(gear.resends.backoff() > 0, call.peer.outlived(call), now);
      judgePath(now);
      call.lists.output(call);
      call.peer.unblock();
    }
    gear.resends.backOff();
    armResend(now);
  }

  @Override
  public String toString() {
    return call.toString();
  }
}
