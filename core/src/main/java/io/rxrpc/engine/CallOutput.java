// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.AckPolicy;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.TailProbe;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.lang.foreign.MemorySegment;

/** What a call sends: trains of DATA, as a {@link SendDecision} says, and ACKs. */
final class CallOutput {
  private final EngineContext context;
  private final SendDecision decision = new SendDecision();

  CallOutput(EngineContext context) {
    this.context = context;
  }

  /** Sends the ACK that is due. */
  static void dueAck(Call call, long now) {
    Channel ch = call.channel;
    AckPolicy acks = call.gear.acks;
    boolean replying =
        call.state() == CallState.SERVER_SEND_REPLY || call.state() == CallState.SERVER_AWAIT_ACK;
    // reply DATA acks the request (calls.md section 5), unless the client asks again and again
    if (ch != null && !(replying && acks.reason() != AckReason.DUPLICATE)) {
      boolean bulk = acks.reason() == AckReason.IDLE && call.gear.ackAgain.worth();
      if (bulk && !call.gear.rx.complete() && call.peer.asksRoundTrip(now)) {
        call.ping(now); // says all that the ACK would
      } else {
        AckOutput output = call.context.acks;
        int reason = acks.reason();
        output.ack(ch.connection, ch.cid(), ch.callNumber, call.gear.rx, reason, acks.serial(), 0);
      }
    }
    acks.sent();
    call.timers.acked(now);
  }

  /** The next train of DATA; false if nothing may be sent now. */
  boolean data(Call call, long now, Transmission out) {
    SendDecision d = decision;
    d.decide(call, now);
    Channel ch = call.channel;
    if (ch == null) {
      return false;
    }
    switch (d.kind) {
      case REPEAT -> {
        repeat(call, ch, out);
        return true;
      }
      case UNPROVEN, CLOSED -> {
        if (!call.timers.resendArmed()) {
          call.timers.armResend(now);
        }
      }
      case FULL -> call.peer.block(call);
      case PACED -> call.peer.paced(call);
      case PROBE_VAIN -> call.gear.recovery.probe.cancel();
      case NO_CHANNEL, REFUSED, EMPTY, SILENT -> {}
      case PROBE, PROBE_AGAIN, FREE_RESEND, RESEND, TRAIN -> {
        train(call, ch, now, out);
        return true;
      }
    }
    return false;
  }

  /** The last packet of a request once more, so that the server does not think that it pauses. */
  private void repeat(Call call, Channel ch, Transmission out) {
    TransmitQueue tx = call.gear.tx;
    RequestRepeat kept = call.gear.repeat;
    int seq = tx.next() - 1;
    MemorySegment memory = (kept.kept() ? kept.block() : tx.block(seq)).memory;
    int at = kept.kept() ? kept.offset() : tx.offset(seq);
    int length = kept.kept() ? kept.length() : tx.length(seq);
    Header.setSerial(memory, at, ch.connection.nextSerial());
    Header.setFlags(memory, at, Flags.CLIENT_INITIATED | (tx.isLast(seq) ? Flags.LAST_PACKET : 0));
    boolean fits = call.peer.mtu.fits(length);
    out.set(call.peer.address, ch.connection.local, memory, at, length, length, fits);
    context.counters.add(Counter.REQUESTS_REPEATED);
    context.counters.add(Counter.DATAGRAMS_SENT);
    context.counters.add(Counter.BYTES_SENT, length);
    context.timers.update(call.timers);
  }

  /** The packets that the decision names. */
  private void train(Call call, Channel ch, long now, Transmission out) {
    TransmitQueue tx = call.gear.tx;
    Peer peer = call.peer;
    int first = decision.first;
    int count = decision.count;
    peer.path.sending(now, peer.rtt.timeout(0));
    int serial = stamp(call, ch, now);
    sent(call, ch, serial, now);
    int length = tx.length(first);
    int bytes = (count - 1) * length + tx.length(first + count - 1);
    boolean fits = peer.mtu.fits(length);
    MemorySegment memory = tx.block(first).memory;
    out.set(peer.address, ch.connection.local, memory, tx.offset(first), bytes, length, fits);
    // the serial of a part is one more than that of the part before it, 0 included
    boolean joins = decision.join > 1 && count > 1 && serial == tx.serial(first) + count - 1;
    if (joins) {
      out.join = decision.join;
    }
    count(tx, bytes, joins);
  }

  /** Gives the packets their serials and flags; returns the last serial. */
  private int stamp(Call call, Channel ch, long now) {
    TransmitQueue tx = call.gear.tx;
    int first = decision.first;
    int end = first + decision.count - 1;
    MemorySegment memory = tx.block(first).memory;
    // a server's LAST must not ask: the one before it may
    boolean mute = !call.isClient() && decision.count > 1 && tx.isLast(end);
    int asking = mute ? end - 1 : end;
    int windowEnd = tx.hardAcked() + call.gear.peerWindow;
    int serial = 0;
    boolean asked = false;
    for (int seq = first; seq != end + 1; seq++) {
      serial = ch.connection.nextSerial();
      int flags = ch.connection.sideFlag();
      if (tx.isLast(seq)) {
        flags |= Flags.LAST_PACKET;
      } else if (seq != end || (seq != tx.top() && seq != windowEnd)) {
        flags |= Flags.MORE_PACKETS; // not where nothing can follow until this has been read
      }
      if (seq == asking && decision.asks(call, seq, now)) {
        flags |= Flags.REQUEST_ACK;
        call.peer.ackRequested = now;
        call.gear.samples.add(serial, tx.order() + 1, now);
        asked = true;
      }
      long at = tx.offset(seq);
      Header.setSerial(memory, at, serial);
      Header.setFlags(memory, at, flags);
      tx.sent(seq, serial, now);
    }
    call.gear.recovery.tailAsked = asked;
    return serial;
  }

  /** The packets go out: what is reckoned with that. */
  private void sent(Call call, Channel ch, int serial, long now) {
    Peer peer = call.peer;
    PathWindow path = peer.path;
    int count = decision.count;
    boolean again = decision.kind.again();
    context.counters.add(again ? Counter.DATA_RESENT : Counter.DATA_SENT, count);
    if (call.isClient()) {
      ch.finalAckAt = Long.MAX_VALUE; // this acks the last call's reply
      call.timers.begin(now);
    } else {
      peer.reach.spend(count);
      call.gear.acks.sent(); // reply DATA stands for the ACK of the request
    }
    TailProbe probe = call.gear.recovery.probe;
    if (probe.wanted()) {
      probe.sent(serial, again);
    }
    peer.pacer.sent(now, count, path.window(), path.slowStart(), peer.rtt.smoothed());
    call.timers.dataSent(now);
  }

  private void count(TransmitQueue tx, int bytes, boolean joins) {
    int count = decision.count;
    int join = decision.join;
    int datagrams = joins ? (count + join - 1) / join : count;
    context.counters.add(Counter.DATAGRAMS_SENT, datagrams);
    int saved = (count - datagrams) * (Header.LENGTH - Jumbo.SUBHEADER);
    context.counters.add(Counter.BYTES_SENT, bytes - saved);
    if (joins) {
      int alone = count % join == 1 ? 1 : 0;
      tx.joined(decision.first, count - alone);
      context.counters.add(Counter.JUMBOS_SENT, datagrams - alone);
    }
  }
}
