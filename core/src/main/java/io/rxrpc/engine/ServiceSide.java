// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import org.jspecify.annotations.Nullable;

/** The server role: packets of clients find their connection, their channel and their call. */
final class ServiceSide implements Role<ServiceConnection> {
  /** Connections that make a stranger interesting. */
  private static final int MANY = 8;

  private final EngineContext context;
  private final CallLists lists;
  private final PeerTable peers;
  private final StrangerGate gate;
  private final CallInput input;
  final Services services;
  final ServiceConnections connections;
  private final Challenger challenger;

  /** Until when clients of a former life are to be expected. */
  private final long recentUntil;

  private boolean shuttingDown;

  ServiceSide(
      EngineContext context,
      CallLists lists,
      PeerTable peers,
      StrangerGate gate,
      CallInput input,
      long now) {
    this.context = context;
    this.lists = lists;
    this.peers = peers;
    this.gate = gate;
    this.input = input;
    recentUntil = now + context.tuning.deadTime() / 2;
    services = new Services(new ServiceLoad(context.tunables));
    long retry = context.tunables.get(Tunable.CHALLENGE_RETRY);
    connections = new ServiceConnections(context, this, peers.strangers, retry);
    challenger = new Challenger(context, connections, retry);
  }

  /** From now on new calls are refused. */
  void shutdown() {
    shuttingDown = true;
  }

  /** A packet that a client sent. */
  void packet(Arrival a) {
    Peer peer = peers.find(a.from());
    long key = ServiceConnection.key(a.epoch(), a.cid());
    ServiceConnection c = peer == null ? null : peer.serviceConnections.get(key);
    if (c == null) {
      unknown(a, peer);
      return;
    }
    c.peer.reach.heard();
    int asked = a.serviceId();
    if (asked != c.serviceId && asked != c.askedService && a.type() != PacketType.ABORT) {
      context.rejections.abort(a, AbortCodes.RX_PROTOCOL_ERROR);
    } else if (a.securityIndex() != c.securityIndex) {
      context.counters.add(Counter.SPURIOUS);
    } else if (a.callNumber() != 0) {
      callPacket(c, a);
    } else if (!a.malformed()) {
      connectionPacket(c, a);
    }
  }

  private void callPacket(ServiceConnection c, Arrival a) {
    Channel ch = c.channel(Header.channel(a.cid()));
    Call call = ch.call;
    int age = Sequence.distance(ch.callNumber, a.callNumber());
    if (age < 0) {
      context.counters.add(Counter.SPURIOUS);
    } else if (age > 0) {
      if (!a.malformed() && a.type() == PacketType.DATA) {
        newCall(c, ch, a);
      } else if (a.malformed() || a.type() != PacketType.ACK || !asksInVain(a)) {
        context.counters.add(Counter.SPURIOUS);
      }
    } else if (call == null) {
      finished(ch, a);
    } else if (a.malformed()) {
      call.protocolError("malformed packet", a.now());
    } else {
      input.packet(call, a);
    }
  }

  private void connectionPacket(ServiceConnection c, Arrival a) {
    if (a.type() == PacketType.RESPONSE) {
      challenger.responded(c, a);
    } else if (a.type() == PacketType.ABORT) {
      context.counters.add(Counter.ABORTS_RECEIVED);
      c.failCalls(Completion.abortedByPeer(a.memory(), a.at()), a.now());
      connections.close(c, a.now());
    }
  }

  /** A packet for a call that is over: an aborted one is told so again. */
  private void finished(Channel ch, Arrival a) {
    context.counters.add(Counter.SPURIOUS);
    boolean asks = a.type() == PacketType.DATA || (a.type() == PacketType.ACK && a.asksForAck());
    if (ch.last == Channel.Last.ABORT
        && asks
        && context.rejections.permits(a.now())) {
      context.control.abort(ch.connection, ch.cid(), ch.callNumber, ch.lastAbort());
    }
  }

  // packets on connections that are not known

  /** A packet on a connection that is not known: only DATA makes one. */
  private void unknown(Arrival a, @Nullable Peer peer) {
    int type = a.type();
    if (type == PacketType.DATA && (a.malformed() || a.serviceId() == 0)) {
      context.rejections.abort(a, AbortCodes.RX_PROTOCOL_ERROR);
    } else if (a.malformed()) {
      context.counters.add(Counter.SPURIOUS);
    } else if (type == PacketType.DATA) {
      first(a, peer);
    } else if (type == PacketType.ACK && asksInVain(a)) {
      return;
    } else if (type == PacketType.ACK
        && Ack.reason(a.memory(), a.at()) == AckReason.PING_RESPONSE) {
      gate.answered(a);
    } else {
      context.counters.add(Counter.SPURIOUS); // an ABORT above all: R-21
    }
  }

  /**
   * An ACK that asks after a call of which nothing is known here. A client of a former life learns
   * that its call is gone: by an ABORT if it has got something of us. One that has got
   * nothing may have lost its first DATA, and OpenAFS goes on asking while it does: it is told just
   * that, in the first seconds of this life only, as OpenAFS takes it for a sign of life.
   *
   * @return whether it was one
   */
  private boolean asksInVain(Arrival a) {
    if (!a.asksForAck()) {
      return false;
    }
    if (Ack.firstPacket(a.memory(), a.at()) != 1 || Ack.previousPacket(a.memory(), a.at()) != 0) {
      context.rejections.abort(a, AbortCodes.RX_PROTOCOL_ERROR);
      return true;
    }
    if (Ack.reason(a.memory(), a.at()) == AckReason.PING
        && a.now() < recentUntil
        && context.rejections.permits(a.now())) {
      context.control.ackNothing(a, context.acks.unsecured());
      return true;
    }
    return false;
  }

  /** DATA that would open a connection, and begin its first call. */
  private void first(Arrival a, @Nullable Peer known) {
    Service service = services.find(a.serviceId(), Header.userStatus(a.memory(), a.at()));
    Offers.Offer offer = service == null ? null : service.offer(a.securityIndex());
    Admittance admittance = admit(service);
    if (admittance != Admittance.NO_SERVICE && offer == null) {
      admittance = Admittance.NO_CLASS;
    } else if (admittance == Admittance.TAKEN && gate.mustAnswerFirst(known)) {
      admittance = Admittance.UNPROVEN;
    }
    if (service == null || offer == null || admittance != Admittance.TAKEN) {
      refuse(a, admittance, service);
      return;
    }
    Peer peer = peers.obtain(a.from(), false, a.now());
    if (peer == null || connections.full(peer, offer)) {
      refuse(a, Admittance.TOO_MANY_CONNECTIONS, service);
    } else if (service.full()) {
      refuse(a, Admittance.TOO_MANY_CALLS, service);
    } else {
      open(a, peer, service, offer);
    }
  }

  /** Whether a service takes calls at all, however many there are. */
  private Admittance admit(@Nullable Service service) {
    if (service == null || service.refusing()) {
      return Admittance.NO_SERVICE;
    }
    return shuttingDown ? Admittance.SHUTTING_DOWN : Admittance.TAKEN;
  }

  /** Answers a first packet that is not taken. */
  private void refuse(Arrival a, Admittance why, @Nullable Service service) {
    switch (why) {
      case TAKEN -> throw new IllegalArgumentException("it is taken");
      case NO_SERVICE -> context.rejections.abort(a, AbortCodes.RX_INVALID_OPERATION);
      case NO_CLASS ->
          context.rejections.abort(
              a,
              service == null
                  ? AbortCodes.RX_INVALID_OPERATION
                  : service.refusal(a.securityIndex()));
      case SHUTTING_DOWN -> context.rejections.abort(a, AbortCodes.RX_RESTARTING);
      case UNPROVEN -> gate.ping(a);
      case TOO_MANY_CONNECTIONS -> {
        context.counters.add(Counter.SERVICE_CONNECTIONS_REFUSED);
        context.rejections.busy(a);
      }
      case TOO_MANY_CALLS -> {
        context.counters.add(Counter.CALLS_REFUSED);
        context.rejections.busy(a);
      }
    }
  }

  private void open(Arrival a, Peer peer, Service service, Offers.Offer offer) {
    ServiceConnection c = connections.open(a, peer, service, offer);
    Channel ch = c.channel(Header.channel(a.cid()));
    newCall(c, ch, a);
    Call call = ch.call;
    if (call != null && peer.reach.stranger() && peer.serviceConnections.size() == MANY) {
      call.ping(a.now()); // it seems to want much: better to know soon
    }
    context.timers.update(c);
  }

  private void newCall(ServiceConnection c, Channel ch, Arrival a) {
    Service service = services.find(c.serviceId);
    Admittance admittance = admit(service);
    if (service == null || admittance != Admittance.TAKEN) {
      refuse(a, admittance, service);
      return;
    }
    Call previous = ch.call;
    if (previous != null) {
      supersede(previous, a);
    }
    if (service.full()) {
      context.counters.add(Counter.CALLS_REFUSED);
      if (context.rejections.permits(a.now())) {
        context.control.busy(c, a.cid(), a.callNumber());
      }
      return;
    }
    ch.callNumber = a.callNumber();
    ch.last = Channel.Last.NONE;
    boolean secure = c.securing == ServiceConnection.Securing.SECURE;
    CallState begin = secure ? CallState.SERVER_RECV_REQUEST : CallState.SERVER_SECURING;
    Call call = new Call(context, lists, c.peer, service.id(), service, begin, a.now());
    call.on(ch);
    ch.call = call;
    c.active++;
    service.arrived();
    context.counters.add(Counter.CALLS_SERVED);
    if (secure) {
      call.post(Call.NEW);
    } else {
      challenger.secure(c);
    }
    input.packet(call, a);
    context.timers.update(call.timers);
  }

  /** The client has begun its next call on the channel. */
  private static void supersede(Call call, Arrival a) {
    if (call.state() == CallState.SERVER_AWAIT_ACK) {
      call.peer.answered();
      call.complete(Completion.SUCCESS, a.now()); // the implicit ACK of calls.md section 5
    } else {
      String why = "the client went on to call " + a.callNumber();
      int code = AbortCodes.RX_CALL_DEAD;
      int errno = Errno.ECONNRESET.number();
      call.complete(new Completion(Completion.Kind.REMOTE_ABORT, code, errno, why), a.now());
    }
  }

  // what happens to connections

  @Override
  public void released(ServiceConnection c, Channel channel, Call call, long now) {
    context.timers.update(c);
  }

  @Override
  public void expired(ServiceConnection c, long now) {
    if (c.idleUntil() <= now) {
      connections.close(c, now);
    } else if (c.challengeDue() <= now) {
      challenger.repeatChallenge(c, now);
    }
  }

  @Override
  public void asked(ServiceConnection c, long now) {} // a client proves nothing that could be lost
}
