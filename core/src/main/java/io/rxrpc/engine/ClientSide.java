// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The client role: calls that begin here, and the packets that come back for them. */
final class ClientSide implements Role<ClientConnection> {
  private final EngineContext context;
  private final CallLists lists;
  private final PeerTable peers;
  private final CallInput input;
  final ClientConnections connections;
  final Responder responder;
  private boolean shuttingDown;

  ClientSide(EngineContext context, CallLists lists, PeerTable peers, CallInput input, long now) {
    this.context = context;
    this.lists = lists;
    this.peers = peers;
    this.input = input;
    connections = new ClientConnections(context, this, now);
    responder = new Responder(context, connections);
  }

  /** From now on new calls are refused. */
  void shutdown() {
    shuttingDown = true;
  }

  /** Begins a call: on a free channel, on a new connection, or in the queue. */
  Call open(
      InetSocketAddress to, int serviceId, ClientSecurity security, CallWishes wishes, long now) {
    if (shuttingDown) {
      String why = "the endpoint is shutting down";
      return refused(to, serviceId, Completion.local(Errno.ESHUTDOWN, why), now);
    }
    Peer peer = peers.obtain(to, true, now);
    if (peer == null) {
      return refused(to, serviceId, Completion.local(Errno.ENOBUFS, "too many peers"), now);
    }
    Call call = make(peer, serviceId, now);
    connections.place(call, security, wishes, now);
    return call;
  }

  /** A call that fails at once, on a peer that is not kept. */
  private Call refused(InetSocketAddress to, int serviceId, Completion why, long now) {
    Call call = make(peers.unlisted(to, now), serviceId, now);
    call.complete(why, now);
    return call;
  }

  private Call make(Peer peer, int serviceId, long now) {
    context.counters.add(Counter.CALLS_STARTED);
    CallState begin = CallState.CLIENT_AWAIT_CONN;
    return new Call(context, lists, peer, serviceId, null, begin, now);
  }

  // what comes from servers

  /** A packet that a server sent. */
  void packet(Arrival a) {
    ClientConnection c = connections.find(a);
    if (c == null) {
      context.counters.add(Counter.SPURIOUS);
      return;
    }
    int number = a.callNumber();
    if (number == 0) {
      if (!a.malformed()) {
        connectionPacket(c, a);
      }
      return;
    }
    Channel ch = c.used(Header.channel(a.cid()));
    if (ch == null || number != ch.callNumber) {
      context.counters.add(Counter.SPURIOUS);
      return;
    }
    Call call = ch.call;
    if (call == null) {
      finished(ch, a);
    } else if (a.malformed()) {
      call.protocolError("malformed packet", a.now());
    } else {
      callPacket(c, call, a);
    }
  }

  private void callPacket(ClientConnection c, Call call, Arrival a) {
    int type = a.type();
    if (a.securityIndex() != c.securityIndex
        && type != PacketType.ABORT
        && type != PacketType.BUSY) { // a Linux that keeps nothing of the call names no class
      return;
    }
    if (type == PacketType.DATA || type == PacketType.ACK) {
      int service = a.serviceId();
      if (c.upgrading) {
        connections.upgraded(c, service, a.now());
      } else if (service != c.serviceId && service != c.bundle.serviceId) {
        // as a server does, and Linux: of a connection that goes to one service only
        context.rejections.abort(a, AbortCodes.RX_PROTOCOL_ERROR);
        return;
      }
    }
    if (type == PacketType.DATA && !c.proof.given()) {
      connections.proven(c, null, a.now());
    }
    input.packet(call, a);
  }

  private void connectionPacket(ClientConnection c, Arrival a) {
    if (a.type() == PacketType.CHALLENGE) {
      responder.challenged(c, a);
    } else if (a.type() == PacketType.ABORT) {
      context.counters.add(Counter.ABORTS_RECEIVED);
      connections.aborted(c, Completion.abortedByPeer(a.memory(), a.at()), a.now());
    }
  }

  /** A packet for a call that is over. */
  private void finished(Channel ch, Arrival a) {
    context.counters.add(Counter.SPURIOUS);
    if (a.malformed()) {
      return;
    }
    int type = a.type();
    boolean asks = type == PacketType.ACK && a.asksForAck();
    switch (ch.last) {
      case ACK -> {
        if (type == PacketType.DATA) {
          ch.connection.repeatFinalAck(ch, AckReason.DUPLICATE, a.serial());
        } else if (asks && Ack.reason(a.memory(), a.at()) != AckReason.PING_RESPONSE) {
          ch.connection.repeatFinalAck(ch, AckReason.PING_RESPONSE, a.serial());
        }
      }
      case ABORT -> {
        boolean answered = type == PacketType.DATA || asks;
        if (answered && context.rejections.permits(a.now())) {
          context.control.abort(ch.connection, ch.cid(), ch.callNumber, ch.lastAbort());
        }
      }
      case NONE -> {}
    }
  }

  /** A peer has given a sign of life that belongs to no call. */
  void alive(@Nullable Peer peer, long now) {
    if (peer != null) {
      for (Connection c : peer.connections) {
        if (c instanceof ClientConnection client) {
          client.alive(now);
        }
      }
    }
  }

  // what happens to connections

  @Override
  public void released(ClientConnection c, Channel channel, Call call, long now) {
    if (c.active == 0) {
      responder.expire(c);
    }
    Completion end = call.completion();
    if (!c.isFitAfter(end, channel)) {
      c.retire();
    }
    if (c.upgrading) {
      c.bundle.upgrading = false;
    }
    if (!c.proof.given()) {
      if (ClientConnection.isEndedByService(end)) {
        connections.proven(c, channel, now);
      } else {
        c.retire(); // the next call's number would not be that of the RESPONSE
      }
    }
    connections.channelFree(c, channel, now);
    context.timers.update(c);
  }

  @Override
  public void expired(ClientConnection c, long now) {
    c.sendFinalAcks(now);
    if (c.responseAt() <= now) {
      responder.repeat(c, now);
    }
    if (c.idleUntil() <= now) {
      connections.close(c, now);
    } else if (c.idleProbeAt() <= now && !c.sendIdleProbe(now)) {
      connections.giveUp(c, now);
    }
  }

  @Override
  public void asked(ClientConnection c, long now) {
    responder.repeat(c, now); // nobody would tell that the RESPONSE was lost
  }
}
