package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import org.jspecify.annotations.Nullable;

/** The deadlines of a call: what each is for, and what happens when it passes. */
final class CallTimers extends Timed {
  private static final long NEVER = Long.MAX_VALUE;

  private final Call call;
  private final Endpoint endpoint;

  /** When what was not acked is sent again, or a closed window is probed (RFC 6298 §5). */
  private long resendAt = NEVER;

  /** When one packet asks whether the end of what was sent has arrived (RFC 8985 §7). */
  private long probeAt = NEVER;

  /** When what was overtaken is looked at again: it may be late or lost (RFC 8985 §6.2). */
  private long reorderAt = NEVER;

  private int backoff;

  /** When the call's time is over, whatever happens. */
  private long limitAt = NEVER;

  /** Server: since when the next packet of the request is awaited, for IDLE_DEAD_TIME. */
  private long awaitedSince;

  /** Client: that its server says it is busy. */
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

  CallTimers(Call call, long now) {
    this.call = call;
    endpoint = call.endpoint;
    life = new Liveness(!call.isClient(), endpoint.keepalive, endpoint.deadTime, now);
    repeat =
        new RequestRepeat(
            call, call.isClient() ? endpoint.tunables.get(Tunable.REQUEST_REPEAT) : 0);
    hole = new HoleWatch(call);
    ackAgain = new AckRepeat(endpoint.tunables.get(Tunable.ACK_REPEAT));
    awaitedSince = now;
    idleDeadTime = endpoint.idleDeadTime;
    long limit = endpoint.tunables.get(Tunable.CALL_TIMEOUT);
    if (limit > 0) {
      limitAt = now + limit;
    }
  }

  // what happens to the call

  /** Sets the hard limit. */
  void limit(long at) {
    limitAt = at;
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
    if (refusal != null) {
      refusal.heard(now);
    }
  }

  /** The peer has shown that it lives: see {@link Liveness}. */
  void alive(long now) {
    life.alive(now);
    if (refusal != null) {
      refusal.alive();
    }
  }

  /** The peer names a packet of ours; whether that shows that it lives. */
  boolean answered(int serial, int latest, long now) {
    boolean answers = life.answers(serial, latest);
    if (answers) {
      alive(now);
    }
    return answers;
  }

  /** The peer asks: a client that is idle in its request wants it still, until IDLE_DEAD_TIME. */
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
  }

  /** Sets how long silence is borne; 0 leaves a value as it is. */
  void patience(long dead, long idle) {
    life.patience(dead);
    idleDeadTime = idle == 0 ? idleDeadTime : idle;
  }

  /** The call is over. */
  void stop(long now) {
    repeat.clear();
    endpoint.timers.remove(this);
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
    if (refusal == null) {
      refusal = new Refusal(call, now);
    }
    refusal.busy(now);
    refusal.expire(now);
    endpoint.timers.update(this);
  }

  /** One that was refused asks again: silence counts from here on. */
  void asking(long now) {
    life.alive(now);
    resetBackoff();
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
      endpoint.timers.update(this);
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
    backoff = 0;
  }

  /** Whether nothing was acked while the retransmission timer expired two times in a row. */
  boolean expiredTwice() {
    return backoff > 1;
  }

  boolean resendArmed() {
    return resendAt != NEVER;
  }

  /** Arms the retransmission timer anew, or stops it (RFC 6298 §5). */
  void armResend(long now) {
    TransmitQueue tx = call.tx;
    boolean blocked = tx.unsent() > 0 || (!call.isClient() && tx.lastQueued());
    if ((refusal != null && refusal.waits())
        || tx.size() == 0
        || (tx.inFlight() == 0 && tx.lost() == 0 && !blocked)) {
      resendAt = NEVER;
      probeAt = NEVER;
    } else {
      resendAt = now + call.peer.rtt.timeout(backoff) + ackDelay();
      armProbe(now);
    }
    endpoint.timers.update(this);
  }

  /** DATA went out. */
  void dataSent(long now) {
    if (call.isClient()) {
      repeat.sent(now);
    }
    if (resendAt == NEVER) {
      armResend(now);
    } else {
      armProbe(now);
    }
  }

  private void armProbe(long now) {
    TransmitQueue tx = call.tx;
    TailProbe probe = call.recovery.probe;
    if (tx.inFlight() == 0 || backoff > 0 || refused() || probe.outstanding() || probe.wanted()) {
      probeAt = NEVER;
      return;
    }
    // a client that has all of a longer reply says so soon, OpenAFS's excepted: a PING harms nobody
    long delay = tx.top() > 1 && replyEnds() ? endpoint.peerAckDelay : ackDelay();
    probeAt = Math.min(now + call.peer.rtt.probeTimeout() + delay, resendAt);
    endpoint.timers.update(this);
  }

  /** What the peer may take, beyond the round trip, to acknowledge what is in flight. */
  private long ackDelay() {
    if (replyEnds()) {
      return endpoint.peerLastAckDelay;
    }
    return call.recovery.tailAsked ? 0 : endpoint.peerAckDelay;
  }

  /** Whether only a final ACK is to come, which cannot be asked for. */
  private boolean replyEnds() {
    return !call.isClient() && call.tx.lastQueued() && call.tx.unsent() == 0;
  }

  /** Looks again for overtaken packets after {@code nanos}; 0 for never. */
  void reorder(long now, long nanos) {
    reorderAt = nanos == 0 ? NEVER : now + nanos;
    if (nanos != 0) {
      endpoint.timers.update(this);
    }
  }

  // deadlines

  @Override
  long deadline() {
    if (call.state() == CallState.COMPLETE) {
      return NEVER;
    }
    if (call.state() == CallState.CLIENT_AWAIT_CONN) {
      return limitAt;
    }
    long d = Math.min(Math.min(resendAt, probeAt), reorderAt);
    d = Math.min(Math.min(d, call.acks.deadline()), call.reads.deadline());
    d = Math.min(d, Math.min(limitAt, ackAgain.deadline()));
    d = Math.min(d, Math.min(deadAt(), life.askAt()));
    d = Math.min(d, Math.min(hole.askAt(), repeat.dueAt()));
    return Math.min(Math.min(d, refusal == null ? NEVER : refusal.deadline()), idleAt());
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
  void expire(long now) {
    if (limitAt <= now) {
      call.fail(AbortCodes.RX_CALL_TIMEOUT, Errno.ETIME, "the call's time limit is over", now);
    } else if (call.state() == CallState.CLIENT_AWAIT_CONN) {
      return;
    } else if (refusal != null && refusal.deadline() <= now) {
      refusal.expire(now);
    } else if (deadAt() <= now) {
      dead(now);
    } else if (idleAt() <= now) {
      call.fail(AbortCodes.RX_CALL_TIMEOUT, Errno.ETIME, "the client stopped sending", now);
    } else {
      if (call.reads.expire(now)) {
        call.post(Call.READABLE);
      }
      call.acks.expire(now);
      if (ackAgain.due(now)) {
        call.acks.again(call.rx.highest() != call.rx.inOrder());
      }
      if (call.acks.due()) {
        endpoint.output(call);
      }
      if (reorderAt <= now) {
        call.recovery.look(now);
        endpoint.output(call);
        call.peer.unblock();
      }
      if (probeAt <= now) {
        probe(now);
      } else if (resendAt <= now) {
        resend(now);
      }
      hole.expire(now);
      repeat.expire(now);
      if (life.askAt() <= now) {
        askForLife(now);
      }
    }
  }

  private void askForLife(long now) {
    Reach reach = call.peer.reach;
    if (!call.isClient() && !reach.mayRepeat(now)) {
      pinged(now);
    } else if (replyEnds() && !reach.proven()) {
      // one of few occasions: OpenAFS answers DATA of a call that it has ended, but no PING
      pinged(now);
      call.tx.loseLast();
      endpoint.output(call);
    } else {
      call.ping(now);
      if (call.channel != null && call.channel.connection instanceof ClientConnection c) {
        c.proof.repeat(now); // nobody would tell that it was lost
      }
    }
  }

  private void dead(long now) {
    if (refusal != null && refusal.standing()) {
      refusal.believe(now);
    } else if (life.deadAt() > now) {
      // Linux asks once, and acknowledges whether that arrives or not
      String why = "the server acknowledges, but never asked who calls (its CHALLENGE was lost)";
      call.fail(AbortCodes.RX_CALL_DEAD, Errno.ETIME, why, now);
    } else {
      Bundle bundle = call.bundle;
      if (bundle != null && call.peer.heardAt + life.deadTime() <= now) {
        endpoint.clientSide.silent(bundle, now); // before one of them gets the channel
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
    probeAt = NEVER;
    endpoint.counters.add(Counter.TAIL_PROBES);
    if (replyEnds()) {
      // the last packet must not ask; what the answer to a PING does not ack is lost
      probe.sent(call.ping(now), false);
    } else {
      probe.want();
      endpoint.output(call);
    }
    resendAt = now + call.peer.rtt.timeout(backoff) + ackDelay();
  }

  private void resend(long now) {
    TransmitQueue tx = call.tx;
    if (!call.isClient() && !call.peer.reach.mayRepeat(now)) {
      backoff++;
      armResend(now);
      return;
    }
    if (tx.inFlight() == 0 && tx.lost() == 0) {
      if (!call.isClient() && tx.lastQueued() && tx.unsent() == 0 && (backoff & 1) != 0) {
        // only the final hard ACK is missing; OpenAFS answers DATA of a finished call, not a PING
        tx.loseLast();
        endpoint.output(call);
      } else {
        call.ping(now); // the window is closed, or only the final hard ACK is missing
      }
    } else {
      endpoint.counters.add(Counter.TIMEOUTS_RESEND);
      int first = tx.firstUnacked();
      if (backoff > 0
          && tx.length(first) > MtuSearch.BASE
          && !call.peer.outlived(call)
          && !call.peer.path.largePassed(tx.sentAt(first))) { // else it is the call that is silent
        call.peer.largePacketsVanish(now);
      }
      call.recovery.timedOut(backoff > 0, now);
      endpoint.output(call);
      call.peer.unblock();
    }
    backoff++;
    armResend(now);
  }

  @Override
  public String toString() {
    return call.toString();
  }
}
