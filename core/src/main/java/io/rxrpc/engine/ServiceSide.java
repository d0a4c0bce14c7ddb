package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Sequence;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The server role: services, the connections peers opened to them, and packets on those. */
final class ServiceSide {
  /** The userStatus of a client that is ready for a newer service. */
  private static final int UPGRADE = 1;

  /** Connections that make a stranger interesting. */
  private static final int MANY = 8;

  private final Endpoint endpoint;
  private final LongMap<Service> services = new LongMap<>();
  private final int connectionLimit;
  private final int unsecuredLimit;
  private final int perPeer;
  private final int backlog;
  private final int callLimit;

  /** Until when clients of a former life are to be expected. */
  private final long recentUntil;

  private final Strangers strangers;
  private int connections;
  private int unsecured;

  /** Calls being served, accepted or not. */
  int calls;

  private int pending;

  ServiceSide(Endpoint endpoint, long now) {
    recentUntil = now + endpoint.deadTime / 2;
    this.endpoint = endpoint;
    connectionLimit = endpoint.tunables.getInt(Tunable.SERVICE_CONNECTIONS);
    unsecuredLimit = endpoint.tunables.getInt(Tunable.UNSECURED_CONNECTIONS);
    perPeer = endpoint.tunables.getInt(Tunable.PEER_CONNECTIONS);
    backlog = endpoint.tunables.getInt(Tunable.BACKLOG);
    callLimit = endpoint.tunables.getInt(Tunable.SERVICE_CALLS);
    strangers = endpoint.peers.strangers;
  }

  /** Calls that nobody has accepted yet. */
  int pending() {
    return pending;
  }

  int connections() {
    return connections;
  }

  Service add(int id, Offers offers, Object owner) {
    if (id < 1 || id > 0xffff) {
      throw new IllegalArgumentException("service " + id + " is outside 1..65535");
    }
    if (services.get(id) != null) {
      throw new IllegalStateException("service " + id + " is served already");
    }
    Service service = new Service(id, offers, owner);
    services.put(id, service);
    return service;
  }

  void remove(Service service) {
    service.closed = true;
    services.remove(service.id());
  }

  boolean any() {
    return services.size() > 0;
  }

  /** A packet that a client sent. */
  void packet(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment p,
      long at,
      int length,
      boolean malformed) {
    Peer peer = endpoint.peers.find(from);
    int cid = Header.cid(p, at);
    long key = ServiceConnection.key(Header.epoch(p, at), cid);
    ServiceConnection c = peer == null ? null : peer.serviceConnections.get(key);
    int type = Header.type(p, at);
    if (c == null) {
      boolean service = Header.serviceId(p, at) != 0;
      if (type == PacketType.DATA && (malformed || !service)) {
        endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_PROTOCOL_ERROR);
      } else if (malformed) {
        endpoint.counters.add(Counter.SPURIOUS);
      } else {
        unknown(now, from, to, p, at, length, type);
      }
      return;
    }
    c.peer.reach.heard();
    int asked = Header.serviceId(p, at);
    if (asked != c.serviceId && asked != c.askedService && type != PacketType.ABORT) {
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_PROTOCOL_ERROR);
      return;
    }
    if (Header.securityIndex(p, at) != c.securityIndex) {
      endpoint.counters.add(Counter.SPURIOUS);
      return;
    }
    int number = Header.callNumber(p, at);
    if (number == 0) {
      if (!malformed) {
        connectionPacket(c, type, now, p, at, length);
      }
      return;
    }
    Channel ch = c.channels[Header.channel(cid)];
    int age = Sequence.distance(ch.callNumber, number);
    if (age < 0) {
      endpoint.counters.add(Counter.SPURIOUS);
    } else if (age > 0) {
      if (!malformed && type == PacketType.DATA) {
        newCall(c, ch, now, from, to, p, at, length);
      } else if (malformed || type != PacketType.ACK || !asksInVain(now, from, to, p, at)) {
        endpoint.counters.add(Counter.SPURIOUS);
      }
    } else if (ch.call == null) {
      finished(ch, now, p, at, type);
    } else if (malformed) {
      ch.call.protocolError("malformed packet", now);
    } else {
      endpoint.callInput.packet(ch.call, now, p, at, length);
    }
  }

  /** A packet on a connection that is not known: only DATA makes one. */
  private void unknown(
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment p,
      long at,
      int length,
      int type) {
    if (type == PacketType.ACK && asksInVain(now, from, to, p, at)) {
      return;
    }
    if (type == PacketType.ACK && Ack.reason(p, at) == AckReason.PING_RESPONSE) {
      strangers.answered(now, from, p, at);
      return;
    }
    if (type != PacketType.DATA) {
      endpoint.counters.add(Counter.SPURIOUS); // an ABORT above all: R-21
      return;
    }
    int asked = Header.serviceId(p, at);
    Service service = services.get(asked);
    if (service != null && service.upgradeTo() != 0 && Header.userStatus(p, at) == UPGRADE) {
      service = services.get(service.upgradeTo());
    }
    if (service == null || service.refusing()) {
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_INVALID_OPERATION);
      return;
    }
    Offers.Offer offer = service.offer(Header.securityIndex(p, at));
    if (offer == null) {
      int code = service.refusal(Header.securityIndex(p, at));
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, code);
      return;
    }
    if (endpoint.shuttingDown()) {
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_RESTARTING);
      return;
    }
    if (strangers.mustAnswerFirst(endpoint.peers.find(from))) {
      strangers.ping(now, from, to, p, at);
      return;
    }
    Peer peer = endpoint.peers.obtain(from, false, now);
    if (peer == null
        || connections >= connectionLimit
        || peer.serviceConnections.size() >= perPeer
        || (offer.challenges() && unsecured >= unsecuredLimit)) {
      endpoint.counters.add(Counter.SERVICE_CONNECTIONS_REFUSED);
      endpoint.reject(now, from, to, p, at, PacketType.BUSY, 0);
      return;
    }
    if (full(service)) {
      endpoint.counters.add(Counter.CALLS_REFUSED);
      endpoint.reject(now, from, to, p, at, PacketType.BUSY, 0);
      return;
    }
    ServiceConnection c =
        new ServiceConnection(
            endpoint,
            peer,
            Header.epoch(p, at),
            Header.connectionId(Header.cid(p, at)),
            service.id(),
            offer,
            now);
    c.local = to;
    c.askedService = asked;
    connections++;
    if (c.securing != ServiceConnection.Securing.SECURE) {
      unsecured++;
    }
    peer.serviceConnections.put(c.key(), c);
    peer.add(c);
    strangers.connection(peer, 1);
    endpoint.counters.add(Counter.SERVICE_CONNECTIONS_OPENED);
    Channel ch = c.channels[Header.channel(Header.cid(p, at))];
    newCall(c, ch, now, from, to, p, at, length);
    Call call = ch.call;
    if (call != null && peer.reach.stranger() && peer.serviceConnections.size() == MANY) {
      call.ping(now); // it seems to want much: better to know soon
    }
    endpoint.timers.update(c);
  }

  /**
   * An ACK that asks after a call of which nothing is known here. A client of a former life learns
   * that its call is gone: by an ABORT if it has got something of us. One that has got
   * nothing may have lost its first DATA, and OpenAFS goes on asking while it does: it is told just
   * that, in the first seconds of this life only, as OpenAFS takes it for a sign of life.
   *
   * @return whether it was one
   */
  private boolean asksInVain(
      long now, InetSocketAddress from, @Nullable InetAddress to, MemorySegment p, long at) {
    if ((Header.flags(p, at) & Flags.REQUEST_ACK) == 0) {
      return false;
    }
    if (Ack.firstPacket(p, at) != 1 || Ack.previousPacket(p, at) != 0) {
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_PROTOCOL_ERROR);
      return true;
    }
    if (Ack.reason(p, at) == AckReason.PING && now < recentUntil && endpoint.mayReject(now)) {
      endpoint.control.ackNothing(from, to, p, at, endpoint.trailerUnsecured);
      return true;
    }
    return false;
  }

  private boolean full(Service service) {
    return pending >= backlog || calls >= callLimit || service.full();
  }

  private void newCall(
      ServiceConnection c,
      Channel ch,
      long now,
      InetSocketAddress from,
      @Nullable InetAddress to,
      MemorySegment p,
      long at,
      int length) {
    Service service = services.get(c.serviceId);
    if (service == null || service.refusing()) {
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_INVALID_OPERATION);
      return;
    }
    if (endpoint.shuttingDown()) {
      endpoint.reject(now, from, to, p, at, PacketType.ABORT, AbortCodes.RX_RESTARTING);
      return;
    }
    Call previous = ch.call;
    if (previous != null) {
      previous.supersededBy(Header.callNumber(p, at), now);
    }
    if (full(service)) {
      endpoint.counters.add(Counter.CALLS_REFUSED);
      if (endpoint.mayReject(now)) {
        endpoint.control.busy(c, Header.cid(p, at), Header.callNumber(p, at));
      }
      return;
    }
    ch.callNumber = Header.callNumber(p, at);
    ch.last = Channel.Last.NONE;
    boolean secure = c.securing == ServiceConnection.Securing.SECURE;
    Call call = new Call(endpoint, ch, service, secure, now);
    ch.call = call;
    c.active++;
    calls++;
    pending++;
    service.pending++;
    service.active++;
    if (service.admission != null) {
      service.admission.add(-1);
    }
    endpoint.counters.add(Counter.CALLS_SERVED);
    if (secure) {
      call.post(Call.NEW);
    } else {
      endpoint.handshake.secure(c);
    }
    endpoint.callInput.packet(call, now, p, at, length);
    endpoint.timers.update(call.timers);
  }

  private void connectionPacket(
      ServiceConnection c, int type, long now, MemorySegment p, long at, int length) {
    if (type == PacketType.RESPONSE) {
      endpoint.handshake.responded(c, p, at, length);
    } else if (type == PacketType.ABORT) {
      endpoint.counters.add(Counter.ABORTS_RECEIVED);
      c.failCalls(CallInput.remoteAbort(p, at), now);
      close(c, now);
    }
  }

  /** A packet for a call that is over: an aborted one is told so again. */
  private void finished(Channel ch, long now, MemorySegment p, long at, int type) {
    endpoint.counters.add(Counter.SPURIOUS);
    boolean asks =
        type == PacketType.DATA
            || (type == PacketType.ACK && (Header.flags(p, at) & Flags.REQUEST_ACK) != 0);
    if (ch.last == Channel.Last.ABORT && asks && endpoint.mayReject(now)) {
      endpoint.control.abort(ch.connection, ch.cid(), ch.callNumber, ch.lastAbort);
    }
  }

  /** The application took a call. */
  void accepted(Service service) {
    pending--;
    service.pending--;
  }

  /** A served call is over. */
  void ended(Service service) {
    calls--;
    service.active--;
  }

  /** A connection has answered its CHALLENGE. */
  void secured(ServiceConnection c) {
    if (!c.closed) {
      unsecured--;
    }
  }

  /** Aborts a connection and its calls. */
  void abort(ServiceConnection c, int code, String why, long now) {
    endpoint.control.abort(c, c.cid, 0, code);
    c.failCalls(
        new Completion(Completion.Kind.LOCAL_ABORT, code, Errno.ECONNABORTED.number(), why), now);
    close(c, now);
  }

  /** Forgets a connection without calls. */
  void close(ServiceConnection c, long now) {
    if (c.closed) {
      return;
    }
    c.closed = true;
    connections--;
    if (c.securing != ServiceConnection.Securing.SECURE) {
      unsecured--;
    }
    endpoint.timers.remove(c);
    c.peer.serviceConnections.remove(c.key());
    strangers.connection(c.peer, -1);
    c.peer.remove(c, now);
    c.forgetKeys();
    ConnectionWatcher watcher = c.watcher;
    if (watcher != null) {
      watcher.closed();
    }
  }

  void closeAll(long now) {
    for (Peer peer : new ArrayList<>(endpoint.peers.all())) {
      peer.serviceConnections.forEach(c -> close(c, now));
    }
  }
}
