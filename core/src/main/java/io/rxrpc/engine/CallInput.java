// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.engine.packet.TransmitQueue;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;

/** What a packet does to the live call it belongs to. */
final class CallInput {
  /** Packets of a reply that its server can be left to hold for a moment. */
  private static final int FEW = 2;

  /** A packet of so many octets is larger than several ACKs of it together. */
  private static final int LARGE = 512;

  private final EngineContext context;
  private final AckInput acks;
  private final ReceivedData packet = new ReceivedData();
  private final long finalAckDelay;

  CallInput(EngineContext context) {
    this.context = context;
    acks = new AckInput(context);
    finalAckDelay = context.tunables.get(Tunable.FINAL_ACK_DELAY);
  }

  /** A well-formed packet of a call that is not complete. */
  void packet(Call call, Arrival a) {
    long now = a.now();
    int type = a.type();
    if (type == PacketType.BUSY) {
      context.counters.add(Counter.BUSY_RECEIVED);
      if (call.isClient()) {
        call.timers.busy(now);
      }
      return;
    }
    call.timers.heard(now);
    call.peer.heard(call, a);
    switch (type) {
      case PacketType.DATA -> data(call, a);
      case PacketType.ACK -> acks.packet(call, a);
      case PacketType.ACKALL -> acks.all(call, now);
      case PacketType.ABORT -> {
        context.counters.add(Counter.ABORTS_RECEIVED);
        call.complete(Completion.abortedByPeer(a.memory(), a.at()), now);
      }
      default -> context.counters.add(Counter.SPURIOUS);
    }
    if (call.state() != CallState.COMPLETE) {
      call.peer.unblock();
      call.lists.output(call);
      context.timers.update(call.timers);
    }
    call.askProof(now);
  }

  private void data(Call call, Arrival a) {
    long now = a.now();
    if (call.isClient() && !replyBegins(call, now)) {
      return;
    }
    boolean wasComplete = call.gear.rx.complete();
    int inOrder = call.gear.rx.inOrder();
    if (fromAnotherLife(call, a.serial())) {
      // two servers have got the request: their replies need not be cut into packets alike
      call.fail(AbortCodes.RX_CALL_DEAD, Errno.ENETRESET, "the server was started again", now);
      return;
    }
    packet.first(a, call.isClient() || call.peer.reach.proven());
    if (packet.isMore()) {
      context.counters.add(Counter.JUMBOS_RECEIVED);
    }
    while (true) {
      if (!subpacket(call, now)) {
        return;
      }
      if (!packet.isMore()) {
        break;
      }
      packet.next();
    }
    call.gear.hole.arrived(call.gear.rx.inOrder() != inOrder, now);
    if (call.gear.rx.complete() && !wasComplete) {
      phaseComplete(call, now);
    }
    boolean more = (packet.flags & Flags.MORE_PACKETS) != 0;
    // it may not be where it says it is: then no more is sent there than came
    boolean worth = call.isClient() || call.peer.reach.proven() || a.length() >= LARGE;
    call.gear.ackAgain.arrived(now, more && !call.gear.rx.complete(), worth);
    tellReader(call, more, now);
  }

  private static void tellReader(Call call, boolean more, long now) {
    int readable = call.gear.rx.readable();
    if (call.gear.rx.complete()) {
      call.gear.reads.settled();
      call.post(Call.READABLE);
    } else if (readable > 0
        && call.gear.reads.arrived(now, readable, call.gear.rx.toldWindow(), more)) {
      call.post(Call.READABLE);
    }
  }

  /** Whether reply data with this serial comes from a server that was started again since. */
  private static boolean fromAnotherLife(Call call, int serial) {
    Channel ch = call.channel;
    if (ch == null || !(ch.connection instanceof ClientConnection c)) {
      return false;
    }
    c.serials.data(serial);
    return call.gear.told.fromAnotherLife(c.serials.life(), call.gear.rx.highest() == 0);
  }

  /** The first reply DATA hard-acks the whole request (calls.md section 5). */
  private boolean replyBegins(Call call, long now) {
    if (call.state() == CallState.CLIENT_AWAIT_REPLY) {
      TransmitQueue tx = call.gear.tx;
      if (tx.inFlight() > 0) {
        PathWindow path = call.peer.path;
        long sentAt = tx.sentAt(tx.lastUnacked());
        path.acked(tx.inFlight(), sentAt, path.inFlight, now, call.peer.rtt.smoothed());
      }
      call.gear.recovery.probe.cancel();
      tx.clear();
      call.gear.told.edgeMoved(call.lastSerial());
      call.timers.armResend(now);
      call.enter(CallState.CLIENT_RECV_REPLY);
    } else if (call.state() != CallState.CLIENT_RECV_REPLY) {
      call.protocolError("a reply before the request was sent", now); // as Linux does
      return false;
    }
    return true;
  }

  /** One packet of a datagram; false if the call has ended by it. */
  private boolean subpacket(Call call, long now) {
    context.counters.add(Counter.DATA_RECEIVED);
    int serial = packet.serial;
    boolean requested = (packet.flags & Flags.REQUEST_ACK) != 0;
    if (requested && call.gear.acks.asked()) {
      CallOutput.dueAck(call, now); // each is told apart: Linux counts the ACKs it asked for
    }
    ReceiveQueue.Result result = packet.insert(call.gear.rx);
    switch (result) {
      case IN_ORDER -> {
        call.timers.awaitData(now);
        call.gear.acks.inOrder(now, serial, requested, false);
      }
      case FILLED_HOLE -> {
        call.timers.awaitData(now);
        call.gear.acks.inOrder(now, serial, requested, true);
        call.gear.reads.filledHole();
      }
      case OUT_OF_ORDER -> {
        context.counters.add(Counter.DATA_OUT_OF_ORDER);
        call.gear.acks.atOnce(AckReason.OUT_OF_SEQUENCE, serial);
      }
      case DUPLICATE -> {
        context.counters.add(Counter.DATA_DUPLICATE);
        if (!call.isClient() && call.gear.recovery.replyMissed(now)) {
          call.timers.armResend(now);
        }
        call.gear.acks.atOnce(AckReason.DUPLICATE, serial);
      }
      case BEYOND_WINDOW -> {
        context.counters.add(Counter.DATA_BEYOND_WINDOW);
        call.gear.acks.atOnce(AckReason.EXCEEDS_WINDOW, serial);
      }
      case NO_SPACE -> {
        context.counters.add(Counter.DATA_NO_SPACE);
        call.gear.acks.atOnce(AckReason.NOSPACE, serial);
      }
      case BEYOND_LAST -> {
        call.protocolError("data behind the last packet", now);
        return false;
      }
    }
    if (result.isNew()) {
      call.timers.alive(now);
      if (call.gear.hole.open()) {
        call.gear.acks.atOnce(
            AckReason.OUT_OF_SEQUENCE, serial); // also where a part was filled
      }
    }
    return true;
  }

  private void phaseComplete(Call call, long now) {
    if (!call.isClient()) {
      if (call.state() == CallState.SERVER_RECV_REQUEST) {
        call.enter(CallState.SERVER_ACK_REQUEST);
      }
      return;
    }
    Channel ch = call.channel;
    int packets = call.gear.rx.inOrder();
    call.complete(Completion.SUCCESS, now);
    if (ch == null) {
      return;
    }
    boolean nextWaits = ch.call != null; // its DATA will ack the reply
    if (!nextWaits && (packet.flags & Flags.REQUEST_ACK) != 0) {
      ch.connection.repeatFinalAck(ch, AckReason.REQUESTED, packet.serial);
    } else if (ch.connection.closed
        || (!nextWaits && (packets > FEW || finalAckDelay == 0 || call.peer.refuses(call)))) {
      // there is no later, the server holds more than a packet or two for us, or refuses calls
      // while it holds them: let it go now
      ch.connection.repeatFinalAck(ch, AckReason.IDLE, 0);
    } else if (!nextWaits && call.peer.mayAckReply(now)) {
      // OpenAFS starts with a timeout of 3 to 8 s, which only ACKs of its replies bring down; this
      // one goes at once, so that its serial tells a round trip and no delay
      ch.connection.repeatFinalAck(ch, AckReason.REQUESTED, packet.serial);
    } else {
      ch.finalAckAt = now + finalAckDelay;
      context.timers.update(ch.connection);
    }
  }
}
