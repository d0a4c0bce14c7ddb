// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.AckDelta;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Sequence;

/**
 * What an ACK does to the live call it belongs to, in three steps: what it says ({@link
 * ReceivedAck}), what it changes of what is in flight ({@link AckDelta}), and what follows from
 * that.
 */
final class AckInput {
  /** How an ACK stands to those that came before. */
  private enum Standing {
    /** It tells something, or repeats the latest. */
    TAKEN,
    /** The peer tells less than it has told: it has lost the call. */
    FORGOTTEN,
    /** It was overtaken by one that tells more. */
    STALE,
    /** It acks what was never sent. */
    INVALID
  }

  private final EngineContext context;
  private final ReceivedAck ack = new ReceivedAck();

  AckInput(EngineContext context) {
    this.context = context;
  }

  void packet(Call call, Arrival a) {
    long now = a.now();
    ack.read(a);
    context.counters.add(Counter.ACKS_RECEIVED);
    if (ack.asks) {
      answer(call);
    }
    answered(call, now);
    switch (standing(call)) {
      case FORGOTTEN -> {
        String why = "the peer has lost the call";
        call.fail(AbortCodes.RX_CALL_DEAD, Errno.ENETRESET, why, now);
      }
      case STALE -> {
        context.counters.add(Counter.ACKS_STALE); // wholly, also its window
        if (ack.isPing()) {
          // late, or from one that was started again and has got only what was sent to it lately:
          // it goes on asking, which would pass for a sign of life
          call.timers.doubt(now);
        }
      }
      case INVALID -> context.counters.add(Counter.ACKS_INVALID);
      case TAKEN -> {
        if (!ack.nothing) { // else nothing is kept of us where it was made, and its serial is any
          call.gear.ackHeaderSerial = ack.serial;
          call.gear.told.taken(call.lastSerial());
        }
        trailer(call, a);
        react(call, change(call, a), now);
        repeatIfMissed(call, now);
        repeatIfUnknown(call);
      }
    }
  }

  /** Tells the peer where the call stands, as it asks. */
  private void answer(Call call) {
    if (ack.isPing()) {
      context.counters.add(Counter.PINGS_RECEIVED);
    }
    Channel ch = call.channel;
    if (ch != null) {
      int reason = ack.isPing() ? AckReason.PING_RESPONSE : AckReason.REQUESTED;
      context.acks.ack(ch.connection, ch.cid(), ch.callNumber, call.gear.rx, reason, ack.serial, 0);
    }
  }

  /** Takes note of what the ACK answers: a PING of ours, or DATA that asked. */
  private void answered(Call call, long now) {
    long rtt = call.gear.samples.answered(ack.names, now);
    if (rtt >= 0) {
      call.peer.prove();
    }
    Channel ch = call.channel;
    boolean answers = ch != null && call.timers.answered(ack.names, call.lastSerial(), now);
    if (ack.isPing()) {
      call.timers.asked(now);
    }
    if ((ack.isPing() || (answers && ack.answersPing())) && call.gear.hole.open()) {
      // what is missing goes again only for an ACK that is no PING's and names this
      call.gear.acks.atOnce(AckReason.OUT_OF_SEQUENCE, ack.serial);
    }
    if (ack.answersPing() && ch != null) {
      call.peer.sizeAnswered(ch.connection, ack.names, now);
    }
    if (rtt >= 0 && ack.isPrompt()) {
      measured(call, rtt, now);
    }
  }

  /** A round trip took so long. */
  private void measured(Call call, long rtt, long now) {
    call.peer.measured(rtt, now);
    call.timers.resetBackoff();
    if (call.peer.rtt.samples() == 1) {
      call.peer.rearm(now);
    }
    if (ack.answersPing()) {
      // what was sent before the ping and is not here has been overtaken by it
      call.gear.rack.delivered(call.gear.samples.order(), now - rtt, now);
    }
  }

  private Standing standing(Call call) {
    TransmitQueue tx = call.gear.tx;
    if (call.gear.told.forgotten(ack.hard, tx.hardAcked(), ack.nothing, ack.names)) {
      return Standing.FORGOTTEN;
    }
    if (Sequence.before(ack.hard, tx.hardAcked())) {
      return Standing.STALE;
    }
    if (Sequence.afterOrEqual(ack.hard, tx.next())) {
      return Standing.INVALID;
    }
    if (call.channel != null && call.channel.connection instanceof ClientConnection c) {
      c.serials.other(ack.serial);
    }
    // previousPacket may be anything; the ACK's own serial tells an overtaken one
    boolean fresh =
        ack.hard != tx.hardAcked()
            || ack.serial == 0
            || call.gear.ackHeaderSerial == 0
            || call.gear.told.answersSince(ack.names) // one that was started again counts anew
            || Sequence.after(ack.serial, call.gear.ackHeaderSerial);
    return fresh ? Standing.TAKEN : Standing.STALE;
  }

  private void trailer(Call call, Arrival a) {
    int words = Ack.trailerWords(a.memory(), a.at(), a.length());
    if (words >= 3) {
      int most = context.tuning.txWindow();
      int told = Ack.rwind(a.memory(), a.at(), a.length());
      call.gear.peerWindow = Math.min(told, most);
      // a receiver tells less while its reader is behind: that says nothing to the calls to come
      call.gear.widestWindow = Math.max(call.gear.widestWindow, told);
      call.peer.window(call.gear.widestWindow, most);
    }
    if (words >= 2) {
      int jumboMax = words >= 4 ? Ack.jumboMax(a.memory(), a.at(), a.length()) : 1;
      int maxMtu = Ack.maxMtu(a.memory(), a.at(), a.length());
      call.peer.trailer(maxMtu, Ack.ifMtu(a.memory(), a.at(), a.length()), jumboMax, a.now());
    }
  }

  /** Marks what has arrived, and what has not. */
  private AckDelta change(Call call, Arrival a) {
    TransmitQueue tx = call.gear.tx;
    AckDelta delta = tx.beginAck(call.peer.path.inFlight);
    delta.edgeMoved = ack.hard != tx.hardAcked();
    tx.hardAck(ack.hard, ack.names, a.now());
    Channel.acked(call);
    for (int i = 0; i < ack.count; i++) {
      int seq = ack.hard + 1 + i;
      if (!Sequence.before(seq, tx.next())) {
        break; // clamp to what was sent, as OpenAFS does
      }
      if (Ack.softAck(a.memory(), a.at(), i)) {
        tx.ack(seq, ack.names, a.now());
      } else {
        tx.nack(seq);
      }
    }
    return delta;
  }

  /** What follows from what has changed, in this order. */
  private void react(Call call, AckDelta delta, long now) {
    if (delta.edgeMoved) {
      call.gear.told.edgeMoved(call.lastSerial());
      call.timers.alive(now);
    }
    call.gear.recovery.taken(delta, ack.names, ack.reason, now);
    call.timers.lossesSeen(now);
    if (delta.newly > 0) {
      call.peer.answered();
      call.gear.told.acked(call.lastSerial());
      call.timers.alive(now);
    }
    if (!call.isClient() && call.gear.tx.drained()) {
      call.complete(Completion.SUCCESS, now);
      return;
    }
    if (delta.newly > 0) {
      call.timers.resetBackoff();
      call.timers.armResend(now);
    }
    writersGoOn(call);
  }

  /** Server: a client that asks, and has nothing of a reply that was sent, gets it again. */
  private void repeatIfMissed(Call call, long now) {
    if (!call.isClient() && ack.nothing && ack.isPing() && call.gear.recovery.replyMissed(now)) {
      call.timers.armResend(now);
    }
  }

  /** The server wanted to know first whether we are here; the answer goes before what follows. */
  private void repeatIfUnknown(Call call) {
    if (ack.nothing && ack.isPing() && call.isClient() && call.gear.told.beginsAgain()) {
      call.gear.tx.losses.loseBetween(0, Integer.MAX_VALUE);
    }
  }

  /** An ACKALL: the peer has all that was sent, and does not say more. */
  void all(Call call, long now) {
    context.counters.add(Counter.ACKS_RECEIVED);
    TransmitQueue tx = call.gear.tx;
    tx.beginAck(call.peer.path.inFlight);
    if (tx.hardAcked() != tx.next() - 1) {
      call.timers.alive(now);
    }
    tx.hardAck(tx.next() - 1, 0, now);
    Channel.acked(call);
    call.gear.told.ackedAll();
    if (!call.isClient() && tx.drained()) {
      call.complete(Completion.SUCCESS, now);
    } else {
      call.timers.armResend(now);
      writersGoOn(call);
    }
  }

  private static void writersGoOn(Call call) {
    if (call.gear.room.freed(call.state())) {
      call.post(Call.WRITABLE);
    }
  }
}
