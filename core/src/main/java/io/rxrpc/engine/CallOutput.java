package io.rxrpc.engine;

import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
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
    // a reply that is all here is hard-acked as a whole
    int first = rx.consumed() + 1;
    AckTrailer trailer =
        rx.window() == endpoint.rxWindow ? endpoint.trailer : endpoint.trailerUnsecured;
    return endpoint.control.ack(
        ch.connection,
        ch.cid(),
        ch.callNumber,
        first,
        rx.highest(),
        serial,
        reason,
        flags,
        trailer,
        rx);
  }

  /** Sends the ACK that is due. */
  void dueAck(Call call) {
    Channel ch = call.channel;
    AckPolicy acks = call.acks;
    boolean replying =
        call.state() == CallState.SERVER_SEND_REPLY || call.state() == CallState.SERVER_AWAIT_ACK;
    // reply DATA acks the request (calls.md section 5), unless the client asks again and again
    if (ch != null && !(replying && acks.reason() != AckReason.DUPLICATE)) {
      ack(call, ch, acks.reason(), acks.serial(), 0);
    }
    acks.sent();
  }

  /** The next train of DATA; false if nothing may be sent now. */
  boolean data(Call call, long now, Transmission out) {
    Channel ch = call.channel;
    TransmitQueue tx = call.tx;
    if (ch == null || call.state() == CallState.COMPLETE) {
      return false;
    }
    int room = call.congestion.window() - tx.inFlight();
    if (room <= 0) {
      return false;
    }
    if (tx.lost() > 0) {
      train(call, ch, tx.firstLost(), 1, true, room == 1, now, out);
      return true;
    }
    int window = tx.hardAcked() + call.peerWindow - (tx.next() - 1);
    int may = Math.min(window, room);
    int n = Math.min(may, tx.unsent());
    if (n <= 0) {
      if (tx.unsent() > 0 && !call.timers.resendArmed()) {
        call.timers.armResend(now); // a closed window is probed
      }
      return false;
    }
    int first = tx.next();
    int count = run(tx, first, Math.min(n, MAX_TRAIN));
    train(call, ch, first, count, false, count == may, now, out);
    return true;
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
      boolean resend,
      boolean stalls,
      long now,
      Transmission out) {
    TransmitQueue tx = call.tx;
    Block block = tx.block(first);
    MemorySegment memory = block.memory;
    int bytes = 0;
    int serial = 0;
    int base = ch.connection.sideFlag();
    // a server's LAST must not ask: the one before it may
    boolean mute = !call.isClient() && count > 1 && tx.isLast(first + count - 1);
    int asking = mute ? count - 2 : count - 1;
    for (int k = 0; k < count; k++) {
      int seq = first + k;
      serial = ch.connection.nextSerial();
      int flags = base;
      boolean end = k == count - 1;
      if (tx.isLast(seq)) {
        flags |= Flags.LAST_PACKET;
      } else if (!end || seq != tx.top()) {
        flags |= Flags.MORE_PACKETS;
      }
      if (k == asking && requestAck(call, seq, resend, stalls, now)) {
        flags |= Flags.REQUEST_ACK;
        call.peer.ackRequested = now;
        call.probes.add(serial, now);
      }
      long at = tx.offset(seq);
      Header.setSerial(memory, at, serial);
      Header.setFlags(memory, at, flags);
      bytes += tx.length(seq);
      tx.sent(seq, serial);
    }
    endpoint.counters.add(resend ? Counter.DATA_RESENT : Counter.DATA_SENT, count);
    endpoint.counters.add(Counter.DATAGRAMS_SENT, count);
    endpoint.counters.add(Counter.BYTES_SENT, bytes);
    if (call.isClient()) {
      ch.finalAckAt = Long.MAX_VALUE; // this acks the last call's reply
      call.timers.begin(now);
    } else {
      call.acks.sent(); // reply DATA stands for the ACK of the request
    }
    if (!call.timers.resendArmed()) {
      call.timers.armResend(now);
    }
    out.set(
        call.peer.address,
        ch.connection.local,
        memory,
        tx.offset(first),
        bytes,
        tx.length(first),
        call.peer.dontFragment);
  }

  /** When DATA asks for an ACK, after Linux: reliability.md section 5. */
  private static boolean requestAck(Call call, int seq, boolean resend, boolean stalls, long now) {
    TransmitQueue tx = call.tx;
    boolean last = tx.isLast(seq);
    if (last && !call.isClient()) {
      return false; // the answer would be a soft ACK only
    }
    return resend
        || call.peer.rtt.samples() < ENOUGH_SAMPLES
        || now - call.peer.ackRequested > SECOND
        || call.peerWindow <= 2
        || (!last && (stalls || seq == tx.top() || call.congestion.window() <= SMALL_WINDOW));
  }
}
