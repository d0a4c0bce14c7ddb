package io.rxrpc.engine;

import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.lang.foreign.MemorySegment;

/** What a call sends: trains of DATA, and ACKs. */
final class CallOutput {
  /** Most datagrams of one train: what segmentation offload takes. */
  private static final int MAX_TRAIN = 64;

  private static final int MAX_TRAIN_BYTES = 65_000;
  private static final long SECOND = 1_000_000_000L;
  private static final int ENOUGH_SAMPLES = 3;
  private static final int SMALL_WINDOW = 4;

  private final Endpoint endpoint;

  CallOutput(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Builds an ACK from what the call has received; returns its serial, or 0 if it was dropped. */
  int ack(Call call, Channel ch, int reason, int serial, int flags) {
    ReceiveQueue rx = call.rx;
    // nothing of a request is hard-acked before it is read: until then it may be answered BUSY and
    // come again, and its client may not be who it says it is
    boolean taken = call.isClient() || rx.consumed() != 0;
    int first = (taken ? rx.hardAcked() : rx.consumed()) + 1;
    rx.told();
    return endpoint.control.ack(
        ch.connection,
        ch.cid(),
        ch.callNumber,
        first,
        rx.highest(),
        serial,
        reason,
        flags,
        endpoint.trailer,
        rx);
  }

  /** Builds a PING of at least so many bytes; returns its serial, or 0 if it was dropped. */
  int ping(Call call, Channel ch, int bytes) {
    int serial = ack(call, ch, AckReason.PING, 0, Flags.REQUEST_ACK);
    if (serial != 0 && bytes > 0) {
      serial = endpoint.control.pad(bytes) ? serial : 0;
    }
    return serial;
  }

  /** Sends the ACK that is due. */
  void dueAck(Call call, long now) {
    Channel ch = call.channel;
    AckPolicy acks = call.acks;
    boolean replying =
        call.state() == CallState.SERVER_SEND_REPLY || call.state() == CallState.SERVER_AWAIT_ACK;
    // reply DATA acks the request (calls.md section 5), unless the client asks again and again
    if (ch != null && !(replying && acks.reason() != AckReason.DUPLICATE)) {
      ack(call, ch, acks.reason(), acks.serial(), 0);
    }
    acks.sent();
    call.timers.acked(now);
  }

  /** The next train of DATA; false if nothing may be sent now. */
  boolean data(Call call, long now, Transmission out) {
    Channel ch = call.channel;
    TransmitQueue tx = call.tx;
    if (ch == null || call.state() == CallState.COMPLETE || call.timers.held()) {
      return false;
    }
    if (call.timers.repeat.take(now)) {
      repeat(call, ch, out);
      return true;
    }
    Peer peer = call.peer;
    int reach = call.isClient() ? Integer.MAX_VALUE : peer.reach.room();
    if (reach <= 0) {
      if (!call.timers.resendArmed()) {
        call.timers.armResend(now);
      }
      return false;
    }
    int window = tx.hardAcked() + call.peerWindow - (tx.next() - 1);
    if (call.recovery.probe.wanted()) {
      return probe(call, ch, window, now, out);
    }
    if (tx.lost() == 0 && Math.min(tx.unsent(), window) <= 0) {
      if (tx.unsent() > 0 && !call.timers.resendArmed()) {
        call.timers.armResend(now); // a closed window is probed
      }
      return false;
    }
    PathWindow path = peer.path;
    boolean silent = call.timers.expiredTwice();
    if (silent && tx.inFlight() > 0) {
      return false; // the window is for those who are answered: its timer or an ACK goes on
    }
    int room = silent ? 1 : path.allowance(tx.inFlight());
    if (room <= 0 && tx.lost() > 0 && path.takeFreeRepeat()) {
      train(call, ch, tx.firstLost(), 1, 1, true, true, now, out);
      return true;
    }
    if (room <= 0) {
      peer.block(call);
      return false;
    }
    room = Math.min(room, reach);
    if (tx.inFlight() > 0) { // small calls are not held up: it is long ones that overrun queues
      long rtt = peer.rtt.smoothed();
      int pace = peer.pacer.allowance(now, path.window(), path.slowStart(), rtt);
      if (pace <= 0) {
        peer.paced(call);
        return false;
      }
      room = Math.min(room, pace);
    }
    if (tx.lost() > 0) {
      train(call, ch, tx.firstLost(), 1, 1, true, room == 1, now, out);
      return true;
    }
    int may = Math.min(window, room);
    int first = tx.next();
    int count = run(tx, first, Math.min(Math.min(may, tx.unsent()), MAX_TRAIN));
    boolean stalls = count == may;
    int join = 1;
    if (count > 1 && tx.length(first) == Jumbo.length(1)) {
      if (reach == Integer.MAX_VALUE) {
        path.jumbo.want(); // no large probe for who may not be where it says
      }
      join = path.jumbo.packets(peer.mtu.datagram());
      if (join > 1 && asksBeforeLast(call, first + count - 1, stalls, now)) {
        count--; // who asks ends its datagram, whose last serial then is the one that is answered
      }
    }
    train(call, ch, first, count, join, false, stalls, now, out);
    return true;
  }

  /** The last packet of a request once more, so that the server does not think that it pauses. */
  private void repeat(Call call, Channel ch, Transmission out) {
    TransmitQueue tx = call.tx;
    RequestRepeat kept = call.timers.repeat;
    int seq = tx.next() - 1;
    MemorySegment memory = (kept.kept() ? kept.block() : tx.block(seq)).memory;
    int at = kept.kept() ? kept.offset() : tx.offset(seq);
    int length = kept.kept() ? kept.length() : tx.length(seq);
    Header.setSerial(memory, at, ch.connection.nextSerial());
    Header.setFlags(memory, at, Flags.CLIENT_INITIATED | (tx.isLast(seq) ? Flags.LAST_PACKET : 0));
    boolean fits = call.peer.mtu.fits(length);
    out.set(call.peer.address, ch.connection.local, memory, at, length, length, fits);
    endpoint.counters.add(Counter.REQUESTS_REPEATED);
    endpoint.counters.add(Counter.DATAGRAMS_SENT);
    endpoint.counters.add(Counter.BYTES_SENT, length);
    endpoint.timers.update(call.timers);
  }

  /** Whether a train to its end would ask by the packet before that one. */
  private static boolean asksBeforeLast(Call call, int end, boolean stalls, long now) {
    return !call.isClient() && call.tx.isLast(end) && requestAck(call, end - 1, false, stalls, now);
  }

  /** One packet that asks: new data if the window allows, else the last one again. */
  private boolean probe(Call call, Channel ch, int window, long now, Transmission out) {
    TransmitQueue tx = call.tx;
    if (tx.unsent() > 0 && window > 0) {
      train(call, ch, tx.next(), 1, 1, false, true, now, out);
      return true;
    }
    if (tx.inFlight() + tx.lost() > 0) {
      train(call, ch, tx.lastUnacked(), 1, 1, true, true, now, out);
      return true;
    }
    call.recovery.probe.cancel();
    return false;
  }

  /** How many packets from {@code first} on lie one behind the other at equal length. */
  private static int run(TransmitQueue tx, int first, int most) {
    Block block = tx.block(first);
    int length = tx.length(first);
    int next = tx.offset(first) + length;
    int bytes = length;
    int count = 1;
    while (count < most) {
      int seq = first + count;
      int n = tx.length(seq);
      if (tx.block(seq) != block
          || tx.offset(seq) != next
          || n > length
          || bytes + n > MAX_TRAIN_BYTES) {
        break;
      }
      next += n;
      bytes += n;
      count++;
      if (n < length) {
        break; // only the last one of a train may be shorter
      }
    }
    return count;
  }

  private void train(
      Call call,
      Channel ch,
      int first,
      int count,
      int join,
      boolean resend,
      boolean stalls,
      long now,
      Transmission out) {
    TransmitQueue tx = call.tx;
    Peer peer = call.peer;
    Recovery recovery = call.recovery;
    PathWindow path = peer.path;
    path.sending(now, peer.rtt.timeout(0));
    Block block = tx.block(first);
    MemorySegment memory = block.memory;
    int bytes = 0;
    int serial = 0;
    int base = ch.connection.sideFlag();
    // a server's LAST must not ask: the one before it may
    boolean mute = !call.isClient() && count > 1 && tx.isLast(first + count - 1);
    int asking = mute ? count - 2 : count - 1;
    boolean asked = false;
    for (int k = 0; k < count; k++) {
      int seq = first + k;
      serial = ch.connection.nextSerial();
      int flags = base;
      boolean end = k == count - 1;
      if (tx.isLast(seq)) {
        flags |= Flags.LAST_PACKET;
      } else if (!end || (seq != tx.top() && seq != tx.hardAcked() + call.peerWindow)) {
        flags |= Flags.MORE_PACKETS; // not where nothing can follow until this has been read
      }
      if (k == asking && requestAck(call, seq, resend, stalls, now)) {
        flags |= Flags.REQUEST_ACK;
        peer.ackRequested = now;
        call.probes.add(serial, tx.order() + 1, now);
        asked = true;
      }
      long at = tx.offset(seq);
      Header.setSerial(memory, at, serial);
      Header.setFlags(memory, at, flags);
      bytes += tx.length(seq);
      tx.sent(seq, serial, now);
    }
    endpoint.counters.add(resend ? Counter.DATA_RESENT : Counter.DATA_SENT, count);
    if (call.isClient()) {
      ch.finalAckAt = Long.MAX_VALUE; // this acks the last call's reply
      call.timers.begin(now);
    } else {
      call.peer.reach.spend(count);
      call.acks.sent(); // reply DATA stands for the ACK of the request
    }
    if (recovery.probe.wanted()) {
      recovery.probe.sent(serial, resend);
    }
    recovery.tailAsked = asked;
    peer.pacer.sent(now, count, path.window(), path.slowStart(), peer.rtt.smoothed());
    call.timers.dataSent(now);
    out.set(
        peer.address,
        ch.connection.local,
        memory,
        tx.offset(first),
        bytes,
        tx.length(first),
        peer.mtu.fits(tx.length(first)));
    // the serial of a part is one more than that of the part before it, 0 included
    boolean joins = join > 1 && count > 1 && serial == tx.serial(first) + count - 1;
    int datagrams = joins ? (count + join - 1) / join : count;
    endpoint.counters.add(Counter.DATAGRAMS_SENT, datagrams);
    int saved = (count - datagrams) * (Header.LENGTH - Jumbo.SUBHEADER);
    endpoint.counters.add(Counter.BYTES_SENT, bytes - saved);
    if (joins) {
      int alone = count % join == 1 ? 1 : 0;
      tx.joined(first, count - alone);
      endpoint.counters.add(Counter.JUMBOS_SENT, datagrams - alone);
      out.join = join;
    }
  }

  /** When DATA asks for an ACK, after Linux: reliability.md section 5. */
  private static boolean requestAck(Call call, int seq, boolean resend, boolean stalls, long now) {
    TransmitQueue tx = call.tx;
    boolean last = tx.isLast(seq);
    if (last && !call.isClient()) {
      return false; // the answer would be a soft ACK only
    }
    return resend
        || call.recovery.probe.wanted()
        || call.peer.rtt.samples() < ENOUGH_SAMPLES
        || now - call.peer.ackRequested > SECOND
        || call.peerWindow <= 2
        || (!last && (stalls || seq == tx.top() || call.peer.path.window() <= SMALL_WINDOW));
  }
}
