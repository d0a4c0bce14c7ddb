package io.rxrpc.engine;

import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;

/** What a packet does to the live call it belongs to. */
final class CallInput {
  /** Packets of a reply that its server can be left to hold for a moment. */
  private static final int FEW = 2;

  /** Octets of a packet that are more than some ACKs of it have. */
  private static final int LARGE = 512;

  private final Endpoint endpoint;

  CallInput(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** A well-formed packet of a call that is not complete. */
  void packet(Call call, long now, MemorySegment p, long at, int length) {
    int type = Header.type(p, at);
    if (type == PacketType.BUSY) {
      endpoint.counters.add(Counter.BUSY_RECEIVED);
      if (call.isClient()) {
        call.timers.busy(now);
      }
      return;
    }
    call.timers.heard(now);
    call.peer.heard(call, now);
    switch (type) {
      case PacketType.DATA -> data(call, now, p, at, length);
      case PacketType.ACK -> ack(call, now, p, at, length);
      case PacketType.ACKALL -> ackAll(call, now);
      case PacketType.ABORT -> {
        endpoint.counters.add(Counter.ABORTS_RECEIVED);
        call.complete(remoteAbort(p, at), now);
      }
      default -> endpoint.counters.add(Counter.SPURIOUS);
    }
    if (call.state() != CallState.COMPLETE) {
      call.peer.unblock();
      endpoint.output(call);
      endpoint.timers.update(call.timers);
    }
    call.room.askProof(now);
  }

  /** What a received ABORT makes of a call; code 0 must not look like success. */
  static Completion remoteAbort(MemorySegment p, long at) {
    int code = Abort.code(p, at);
    return new Completion(
        Completion.Kind.REMOTE_ABORT,
        code == 0 ? AbortCodes.RX_PROTOCOL_ERROR : code,
        Errno.ECONNABORTED.number(),
        "aborted by the peer");
  }

  private void data(Call call, long now, MemorySegment p, long at, int length) {
    if (call.isClient() && !replyBegins(call, now)) {
      return;
    }
    boolean wasComplete = call.rx.complete();
    int inOrder = call.rx.inOrder();
    int seq = Header.seq(p, at);
    int serial = Header.serial(p, at);
    if (call.told.fromAnotherLife(serial)) {
      // two servers have got the request: their replies need not be cut into packets alike
      call.fail(AbortCodes.RX_CALL_DEAD, Errno.ENETRESET, "the server was started again", now);
      return;
    }
    int flags = Header.flags(p, at);
    int checksum = Header.checksum(p, at);
    long data = at + Header.LENGTH;
    long end = at + length;
    if (Jumbo.isMore(flags)) {
      endpoint.counters.add(Counter.JUMBOS_RECEIVED);
    }
    while (true) {
      int n = Jumbo.dataLength(flags, data, end);
      if (!subpacket(call, now, seq, serial, flags, checksum, p, data, n)) {
        return;
      }
      if (!Jumbo.isMore(flags)) {
        break;
      }
      flags = Jumbo.nextFlags(p, data);
      checksum = Jumbo.nextChecksum(p, data);
      data = Jumbo.nextOffset(data);
      seq++;
      serial = Sequence.nextSerial(serial);
    }
    call.timers.hole.arrived(call.rx.inOrder() != inOrder, now);
    if (call.rx.complete() && !wasComplete) {
      phaseComplete(call, now, serial, flags);
    }
    int readable = call.rx.readable();
    boolean more = (flags & Flags.MORE_PACKETS) != 0;
    // it may not be where it says it is: then no more is sent there than came
    boolean worth = call.isClient() || call.peer.reach.proven() || length >= LARGE;
    call.timers.ackAgain.arrived(now, more, worth);
    if (call.rx.complete()) {
      call.reads.settled();
      call.post(Call.READABLE);
    } else if (readable > 0 && call.reads.arrived(now, readable, call.rx.window(), more)) {
      call.post(Call.READABLE);
    }
  }

  /** The first reply DATA hard-acks the whole request (calls.md section 5). */
  private boolean replyBegins(Call call, long now) {
    if (call.state() == CallState.CLIENT_AWAIT_REPLY) {
      TransmitQueue tx = call.tx;
      if (tx.inFlight() > 0) {
        PathWindow path = call.peer.path;
        long sentAt = tx.sentAt(tx.lastUnacked());
        path.acked(tx.inFlight(), sentAt, path.inFlight, now, call.peer.rtt.smoothed());
      }
      call.recovery.probe.cancel();
      tx.clear();
      call.told.edgeMoved();
      call.timers.armResend(now);
      call.enter(CallState.CLIENT_RECV_REPLY);
    } else if (call.state() != CallState.CLIENT_RECV_REPLY) {
      call.protocolError("a reply before the request was sent", now); // as Linux does
      return false;
    }
    return true;
  }

  private boolean subpacket(
      Call call,
      long now,
      int seq,
      int serial,
      int flags,
      int checksum,
      MemorySegment p,
      long data,
      int length) {
    endpoint.counters.add(Counter.DATA_RECEIVED);
    boolean last = (flags & Flags.LAST_PACKET) != 0;
    boolean requested = (flags & Flags.REQUEST_ACK) != 0;
    if (requested && call.acks.asked()) {
      endpoint.callOutput.dueAck(
          call, now); // each is told apart: Linux counts the ACKs it asked for
    }
    ReceiveQueue.Result result = call.rx.insert(seq, last, p, data, length, checksum);
    switch (result) {
      case IN_ORDER -> {
        call.timers.awaitData(now);
        call.acks.inOrder(now, serial, requested, false);
      }
      case FILLED_HOLE -> {
        call.timers.awaitData(now);
        call.acks.inOrder(now, serial, requested, true);
        call.reads.filledHole();
      }
      case OUT_OF_ORDER -> {
        endpoint.counters.add(Counter.DATA_OUT_OF_ORDER);
        call.acks.atOnce(AckReason.OUT_OF_SEQUENCE, serial);
      }
      case DUPLICATE -> {
        endpoint.counters.add(Counter.DATA_DUPLICATE);
        if (!call.isClient() && call.recovery.replyMissed(now)) {
          call.timers.armResend(now);
        }
        call.acks.atOnce(AckReason.DUPLICATE, serial);
      }
      case BEYOND_WINDOW -> {
        endpoint.counters.add(Counter.DATA_BEYOND_WINDOW);
        call.acks.atOnce(AckReason.EXCEEDS_WINDOW, serial);
      }
      case NO_SPACE -> {
        endpoint.counters.add(Counter.DATA_NO_SPACE);
        call.acks.atOnce(AckReason.NOSPACE, serial);
      }
      case BEYOND_LAST -> {
        call.protocolError("data behind the last packet", now);
        return false;
      }
    }
    if (result.isNew()) {
      call.timers.alive(now);
      if (call.timers.hole.open()) {
        call.acks.atOnce(AckReason.OUT_OF_SEQUENCE, serial); // also where a part was filled
      }
    }
    return true;
  }

  private void phaseComplete(Call call, long now, int serial, int flags) {
    if (!call.isClient()) {
      if (call.state() == CallState.SERVER_RECV_REQUEST) {
        call.enter(CallState.SERVER_ACK_REQUEST);
      }
      return;
    }
    Channel ch = call.channel;
    int packets = call.rx.inOrder();
    call.complete(Completion.SUCCESS, now);
    if (ch == null) {
      return;
    }
    boolean nextWaits = ch.call != null; // its DATA will ack the reply
    if (!nextWaits && (flags & Flags.REQUEST_ACK) != 0) {
      ch.connection.repeatFinalAck(ch, AckReason.REQUESTED, serial);
    } else if (ch.connection.closed
        || (!nextWaits
            && (packets > FEW || endpoint.finalAckDelay == 0 || call.peer.refuses(call)))) {
      // there is no later, the server holds more than a packet or two for us, or refuses calls
      // while it holds them: let it go now
      ch.connection.repeatFinalAck(ch, AckReason.IDLE, 0);
    } else if (!nextWaits && call.peer.replyAcks.permits(now)) {
      // OpenAFS starts with a timeout of 3 to 8 s, which only ACKs of its replies bring down; this
      // one goes at once, so that its serial tells a round trip and no delay
      ch.connection.repeatFinalAck(ch, AckReason.REQUESTED, serial);
    } else {
      ch.finalAckAt = now + endpoint.finalAckDelay;
      endpoint.timers.update(ch.connection);
    }
  }

  private void ack(Call call, long now, MemorySegment p, long at, int length) {
    endpoint.counters.add(Counter.ACKS_RECEIVED);
    if ((Header.flags(p, at) & Flags.REQUEST_ACK) != 0
        && Ack.reason(p, at) != AckReason.PING_RESPONSE) {
      answer(call, p, at);
    }
    int acked = Ack.serial(p, at);
    long rtt = call.probes.answered(acked, now);
    if (rtt >= 0) {
      call.peer.reach.prove();
    }
    int reason = Ack.reason(p, at);
    Channel ch = call.channel;
    boolean answers = ch != null && call.timers.answered(acked, ch.connection.lastSerial(), now);
    if (reason == AckReason.PING) {
      call.timers.asked(now);
    }
    boolean told = reason == AckReason.PING || (answers && reason == AckReason.PING_RESPONSE);
    if (told && call.timers.hole.open()) {
      // what is missing goes again only for an ACK that is no PING's and names this
      call.acks.atOnce(AckReason.OUT_OF_SEQUENCE, Header.serial(p, at));
    }
    if (reason == AckReason.PING_RESPONSE
        && ch != null
        && call.peer.mtu.answered(ch.connection, acked, now)) {
      endpoint.timers.update(call.peer);
    }
    if (rtt >= 0 && reason != AckReason.DELAY && reason != AckReason.IDLE) {
      call.peer.rtt.sample(rtt, now);
      call.timers.resetBackoff();
      if (call.peer.rtt.samples() == 1) {
        call.peer.rearm(now);
      }
      if (reason == AckReason.PING_RESPONSE) {
        // what was sent before the ping and is not here has been overtaken by it
        call.rack.delivered(call.probes.order(), now - rtt, now);
      }
    }
    TransmitQueue tx = call.tx;
    int hard = Ack.firstPacket(p, at) - 1;
    boolean nothing = hard == 0 && Ack.previousPacket(p, at) == 0 && Ack.count(p, at) == 0;
    if (call.told.forgotten(hard, nothing, acked)) {
      call.fail(AbortCodes.RX_CALL_DEAD, Errno.ENETRESET, "the peer has lost the call", now);
      return;
    }
    if (Sequence.before(hard, tx.hardAcked())) {
      endpoint.counters.add(Counter.ACKS_STALE); // wholly, also its window
      if (reason == AckReason.PING) {
        // late, or from one that was started again and has got only what was sent to it lately: it
        // goes on asking, which would pass for a sign of life
        call.timers.doubt(now);
      }
      return;
    }
    if (Sequence.afterOrEqual(hard, tx.next())) {
      endpoint.counters.add(Counter.ACKS_INVALID); // acks what was never sent
      return;
    }
    // previousPacket may be anything; the ACK's own serial tells an overtaken one
    int headerSerial = Header.serial(p, at);
    if (call.channel != null && call.channel.connection instanceof ClientConnection c) {
      c.serials.other(headerSerial);
    }
    boolean fresh =
        hard != tx.hardAcked()
            || headerSerial == 0
            || call.ackHeaderSerial == 0
            || call.told.answersSince(acked) // one that was started again counts anew
            || Sequence.after(headerSerial, call.ackHeaderSerial);
    if (!fresh) {
      endpoint.counters.add(Counter.ACKS_STALE);
      if (reason == AckReason.PING) {
        call.timers.doubt(now);
      }
      return;
    }
    if (!nothing) { // one of those may bear any serial: nothing is kept of us where it was made
      call.ackHeaderSerial = headerSerial;
      call.told.taken();
    }
    trailer(call, now, p, at, length);
    acknowledged(call, now, p, at, hard, acked);
    if (nothing && reason == AckReason.PING && call.isClient() && call.told.beginsAgain()) {
      // the server wanted to know first whether we are here; the answer goes before what follows
      tx.loseBetween(0, Integer.MAX_VALUE);
    }
  }

  private void acknowledged(Call call, long now, MemorySegment p, long at, int hard, int acked) {
    TransmitQueue tx = call.tx;
    int flight = call.peer.path.inFlight;
    if (hard != tx.hardAcked()) {
      call.told.edgeMoved();
      call.timers.alive(now);
    }
    tx.beginAck();
    int newly = tx.hardAck(hard, acked, now);
    int count = Ack.count(p, at);
    for (int i = 0; i < count; i++) {
      int seq = hard + 1 + i;
      if (!Sequence.before(seq, tx.next())) {
        break; // clamp to what was sent, as OpenAFS does
      }
      if (Ack.softAck(p, at, i)) {
        newly += tx.ack(seq, acked, now);
      } else {
        tx.nack(seq);
      }
    }
    call.recovery.taken(newly, flight, acked, Ack.reason(p, at), now);
    if (newly > 0) {
      call.peer.reach.answered();
      call.told.acked();
      call.timers.alive(now);
    }
    if (!call.isClient() && tx.drained()) {
      call.complete(Completion.SUCCESS, now);
      return;
    }
    if (newly > 0) {
      call.timers.resetBackoff();
      call.timers.armResend(now);
    }
    call.room.freed();
  }

  private void answer(Call call, MemorySegment p, long at) {
    boolean ping = Ack.reason(p, at) == AckReason.PING;
    if (ping) {
      endpoint.counters.add(Counter.PINGS_RECEIVED);
    }
    Channel ch = call.channel;
    if (ch != null) {
      int reason = ping ? AckReason.PING_RESPONSE : AckReason.REQUESTED;
      endpoint.callOutput.ack(call, ch, reason, Header.serial(p, at), 0);
    }
  }

  private void trailer(Call call, long now, MemorySegment p, long at, int length) {
    int words = Ack.trailerWords(p, at, length);
    if (words >= 2) {
      int jumboMax = words >= 4 ? Ack.jumboMax(p, at, length) : 1;
      call.peer.trailer(Ack.maxMtu(p, at, length), Ack.ifMtu(p, at, length), jumboMax, now);
    }
    if (words >= 3) {
      int told = Ack.rwind(p, at, length);
      call.peerWindow = Math.min(told, endpoint.txWindow);
      // a receiver tells less while its reader is behind: that says nothing to the calls to come
      call.widestWindow = Math.max(call.widestWindow, told);
      call.peer.window(call.widestWindow, endpoint.txWindow);
    }
  }

  private void ackAll(Call call, long now) {
    endpoint.counters.add(Counter.ACKS_RECEIVED);
    TransmitQueue tx = call.tx;
    tx.beginAck();
    if (tx.hardAcked() != tx.next() - 1) {
      call.timers.alive(now);
    }
    tx.hardAck(tx.next() - 1, 0, now);
    call.told.ackedAll();
    if (!call.isClient() && tx.drained()) {
      call.complete(Completion.SUCCESS, now);
    } else {
      call.timers.armResend(now);
      call.room.freed();
    }
  }
}
