package io.rxrpc.engine;

import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client role: bundles, their connections, and packets that come back on them. */
final class ClientSide {
  private final Endpoint endpoint;
  private final int epoch;
  private final Map<Bundle.Key, Bundle> bundles = new HashMap<>();
  private final LongMap<ClientConnection> connections = new LongMap<>();
  private final int connectionsPerBundle;
  private final int waitingLimit;
  private final long idleExpiry;
  private final long fastExpiry;
  private final int manyIdle;
  private int nextCid;
  private int waiting;
  private int idle;
  private long lastClosed;

  ClientSide(Endpoint endpoint, int epoch, int firstCid, long now) {
    this.endpoint = endpoint;
    this.epoch = epoch;
    nextCid = Header.connectionId(firstCid);
    lastClosed = now;
    connectionsPerBundle = endpoint.tunables.getInt(Tunable.BUNDLE_CONNECTIONS);
    waitingLimit = endpoint.tunables.getInt(Tunable.WAITING_CALLS);
    idleExpiry = endpoint.tunables.get(Tunable.CLIENT_IDLE_EXPIRY);
    fastExpiry = endpoint.tunables.get(Tunable.CLIENT_IDLE_FAST_EXPIRY);
    manyIdle = endpoint.tunables.getInt(Tunable.CLIENT_IDLE_MANY);
  }

  int connections() {
    return connections.size();
  }

  /** When the last connection ended that has. */
  long lastClosed() {
    return lastClosed;
  }

  int epoch() {
    return epoch;
  }

  /**
   * How long an idle connection is kept: shorter when there are many, as Linux does, or when no
   * call can use it again and only its last ACK may have to be repeated.
   */
  long idleExpiry(boolean single) {
    return single || idle > manyIdle ? Math.min(fastExpiry, idleExpiry) : idleExpiry;
  }

  /** Begins a call: on a free channel, on a new connection, or in the queue. */
  Call open(
      InetSocketAddress to, int serviceId, ClientSecurity security, CallWishes wishes, long now) {
    if (endpoint.shuttingDown()) {
      return refused(to, serviceId, local(Errno.ESHUTDOWN, "the endpoint is shutting down"), now);
    }
    Peer peer = endpoint.peers.obtain(to, true, now);
    if (peer == null) {
      return refused(to, serviceId, local(Errno.ENOBUFS, "too many peers"), now);
    }
    Call call = new Call(endpoint, peer, serviceId, now);
    Bundle bundle =
        bundles.computeIfAbsent(new Bundle.Key(peer, serviceId, security, wishes), Bundle::new);
    call.bundle = bundle;
    Channel channel = takeChannel(bundle, call, bundle.waiting.size() + 1, now);
    if (channel != null) {
      connect(call, channel, now);
    } else if (waiting >= waitingLimit) {
      call.complete(local(Errno.EAGAIN, "too many calls wait for a channel"), now);
    } else {
      waiting++;
      bundle.waiting.add(call);
      endpoint.timers.update(call.timers);
    }
    drop(bundle);
    return call;
  }

  /** A call that fails at once, on a peer that is not kept. */
  private Call refused(InetSocketAddress to, int serviceId, Completion why, long now) {
    Call call =
        new Call(
            endpoint, new Peer(endpoint, endpoint.peers.strangers, to, true, now), serviceId, now);
    call.complete(why, now);
    return call;
  }

  /**
   * A free channel, or null: then a connection may be on its way, but no more of them than there
   * are calls that want one.
   */
  private @Nullable Channel takeChannel(Bundle bundle, Call call, int wanting, long now) {
    Channel ch = bundle.free.pollFirst();
    if (ch != null) {
      return ch;
    }
    // those that are to be used no more may still have calls to the end of somebody's patience
    int usable = bundle.connections - Math.min(bundle.retired, connectionsPerBundle);
    if (bundle.probing
        || bundle.connecting >= wanting
        || usable + bundle.connecting >= connectionsPerBundle) {
      return null;
    }
    ClientConnection c = new ClientConnection(endpoint, bundle, epoch, freshCid(), now);
    if (c.probing) {
      bundle.probing = true;
    }
    if (bundle.clientSecurity == NullSecurity.INSTANCE) {
      c.protection = Protection.NONE;
      add(c);
      return c.channels[0];
    }
    bundle.connecting++;
    endpoint.tasks.add(new Connect(c, call));
    return null;
  }

  private void add(ClientConnection c) {
    connections.put(key(c.cid), c);
    c.bundle.connections++;
    idle++;
    c.bundle.peer.add(c);
    endpoint.counters.add(Counter.CLIENT_CONNECTIONS_OPENED);
    offerRest(c, c.channels[0]);
    endpoint.timers.update(c);
  }

  /** The security class has made a connection's security, or has not. */
  void connected(Connect task, long now) {
    ClientConnection c = task.connection;
    Bundle bundle = c.bundle;
    bundle.connecting--;
    Call first = bundle.waiting.contains(task.call) ? task.call : bundle.waiting.peek();
    if (c.protection == null || first == null) {
      if (c.probing) {
        bundle.probing = false;
      }
      task.discard();
      if (first != null) {
        first.complete(task.end(), now);
      }
    } else {
      c.began(now);
      add(c);
      bundle.free.addFirst(c.channels[0]);
    }
    serveWaiting(bundle, now);
    drop(bundle);
  }

  /** Further calls may begin on a connection; on one that has still to prove something only one. */
  private static void offerRest(ClientConnection c, @Nullable Channel except) {
    if (c.single || c.probing || c.retired() || !c.proof.given()) {
      return;
    }
    for (int i = c.channels.length - 1; i >= 0; i--) {
      Channel ch = c.channels[i];
      if (ch.call == null && ch != except) {
        c.bundle.free.addFirst(ch);
      }
    }
  }

  /** The first answer to a call that asked for a newer service (calls.md section 13). */
  private void probed(ClientConnection c, int serviceId, long now) {
    c.probing = false;
    c.bundle.probing = false;
    c.serviceId = serviceId;
    offerRest(c, null);
    serveWaiting(c.bundle, now);
  }

  /** The server has believed who calls; a channel that is about to become free is left out. */
  void proven(ClientConnection c, @Nullable Channel except, long now) {
    c.proof.give();
    if (!c.probing) {
      offerRest(c, except);
      if (except == null) {
        serveWaiting(c.bundle, now);
      }
    }
  }

  /** The server asks who calls: no further call begins until it has believed the answer. */
  void challenged(ClientConnection c) {
    c.proof.asked();
    c.bundle.free.removeIf(f -> f.connection == c);
  }

  private void connect(Call call, Channel ch, long now) {
    if (ch.connection.active++ == 0) {
      idle--;
    }
    ch.call = call;
    ch.callNumber++;
    call.connected(ch, now);
  }

  /** A call has left its channel: the next one waiting takes it. */
  void channelFree(ClientConnection c, Channel ch, long now) {
    if (c.active == 0) {
      idle++;
    }
    Bundle bundle = c.bundle;
    if (c.retired() || c.closed) {
      bundle.free.removeIf(f -> f.connection == c);
      if (c.active == 0 && !c.closed) {
        close(c, now);
      }
    } else if (!c.single) {
      bundle.free.addFirst(ch);
    }
    serveWaiting(bundle, now);
    drop(bundle);
  }

  private void serveWaiting(Bundle bundle, long now) {
    while (!bundle.waiting.isEmpty()) {
      Call call = bundle.waiting.peek();
      Channel ch = takeChannel(bundle, call, bundle.waiting.size(), now);
      if (ch == null) {
        return;
      }
      if (bundle.waiting.remove(call)) {
        waiting--;
      }
      connect(call, ch, now);
    }
  }

  /** The peer is silent: calls do not wait for a channel one after the other only to find it so. */
  void silent(Bundle bundle, long now) {
    for (Call call : new ArrayList<>(bundle.waiting)) {
      call.timers.silentWhileWaiting(now);
    }
  }

  /** A call that waited for a channel has ended. */
  void stopWaiting(Call call) {
    Bundle bundle = call.bundle;
    if (bundle != null && bundle.waiting.remove(call)) {
      waiting--;
      drop(bundle);
    }
  }

  /** Forgets a connection that nobody uses. */
  void close(ClientConnection c, long now) {
    if (c.closed) {
      return;
    }
    c.closed = true;
    if (c.active == 0) {
      idle--;
    }
    c.sendFinalAcks(Long.MAX_VALUE - 1);
    connections.remove(key(c.cid));
    lastClosed = now;
    endpoint.timers.remove(c);
    Bundle bundle = c.bundle;
    bundle.connections--;
    if (c.retired()) {
      bundle.retired--;
    }
    bundle.free.removeIf(f -> f.connection == c);
    c.peer.remove(c, now);
    c.forgetKeys();
    serveWaiting(bundle, now);
    drop(bundle);
  }

  /** Aborts a connection and its calls. */
  void abort(ClientConnection c, int code, String why, long now) {
    c.retire();
    endpoint.control.abort(c, c.cid, 0, code);
    c.failCalls(
        new Completion(Completion.Kind.LOCAL_ABORT, code, Errno.ECONNABORTED.number(), why), now);
    close(c, now);
  }

  /** A packet that a server sent. */
  void packet(
      long now, InetSocketAddress from, MemorySegment p, long at, int length, boolean malformed) {
    int cid = Header.cid(p, at);
    ClientConnection c = connections.get(key(cid));
    int type = Header.type(p, at);
    // matched by numbers and port; a server with several addresses may answer from another
    if (c == null || c.epoch != Header.epoch(p, at) || c.peer.address.getPort() != from.getPort()) {
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
    if (number != ch.callNumber) {
      endpoint.counters.add(Counter.SPURIOUS);
      return;
    }
    Call call = ch.call;
    if (call == null) {
      finished(ch, now, p, at, type, malformed);
    } else if (malformed) {
      call.protocolError("malformed packet", now);
    } else if (Header.securityIndex(p, at) == c.securityIndex
        || type == PacketType.ABORT
        || type == PacketType.BUSY) { // a Linux that keeps nothing of the call names no class
      if (type == PacketType.DATA || type == PacketType.ACK) {
        int service = Header.serviceId(p, at);
        if (c.probing) {
          probed(c, service, now);
        } else if (service != c.serviceId && service != c.bundle.serviceId) {
          // as a server does, and Linux: of a connection that goes to one service only
          endpoint.reject(now, from, null, p, at, PacketType.ABORT, AbortCodes.RX_PROTOCOL_ERROR);
          return;
        }
      }
      if (type == PacketType.DATA && !c.proof.given()) {
        proven(c, null, now);
      }
      endpoint.callInput.packet(call, now, p, at, length);
    }
  }

  private void connectionPacket(
      ClientConnection c, int type, long now, MemorySegment p, long at, int length) {
    if (type == PacketType.CHALLENGE) {
      endpoint.handshake.challenged(c, p, at, length);
    } else if (type == PacketType.ABORT) {
      endpoint.counters.add(Counter.ABORTS_RECEIVED);
      c.retire(); // all four channels are gone
      c.failCalls(CallInput.remoteAbort(p, at), now);
      close(c, now);
    }
  }

  /** A packet for a call that is over. */
  private void finished(
      Channel ch, long now, MemorySegment p, long at, int type, boolean malformed) {
    endpoint.counters.add(Counter.SPURIOUS);
    if (malformed) {
      return;
    }
    switch (ch.last) {
      case ACK -> {
        if (type == PacketType.DATA) {
          ch.connection.repeatFinalAck(ch, AckReason.DUPLICATE, Header.serial(p, at));
        } else if (type == PacketType.ACK
            && (Header.flags(p, at) & Flags.REQUEST_ACK) != 0
            && Ack.reason(p, at) != AckReason.PING_RESPONSE) {
          ch.connection.repeatFinalAck(ch, AckReason.PING_RESPONSE, Header.serial(p, at));
        }
      }
      case ABORT -> {
        boolean asks =
            type == PacketType.DATA
                || (type == PacketType.ACK && (Header.flags(p, at) & Flags.REQUEST_ACK) != 0);
        if (asks && endpoint.mayReject(now)) {
          endpoint.control.abort(ch.connection, ch.cid(), ch.callNumber, ch.lastAbort);
        }
      }
      case NONE -> {}
    }
  }

  void flushFinalAcks() {
    connections.forEach(c -> c.sendFinalAcks(Long.MAX_VALUE - 1));
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

  /** Ends the calls that have no channel yet. */
  void abortWaiting(int code, long now) {
    for (Bundle bundle : new ArrayList<>(bundles.values())) {
      for (Call call : new ArrayList<>(bundle.waiting)) {
        call.abort(code, now);
      }
    }
  }

  /** Shows the calls that have no channel yet. */
  void waiting(Consumer<Call> viewer) {
    bundles.values().forEach(b -> b.waiting.forEach(viewer));
  }

  void closeAll(long now) {
    connections.forEach(c -> close(c, now));
  }

  private void drop(Bundle bundle) {
    if (bundle.connections == 0 && bundle.connecting == 0 && bundle.waiting.isEmpty()) {
      bundles.remove(bundle.key, bundle);
    }
  }

  private int freshCid() {
    do {
      nextCid += Header.CID_INCREMENT;
    } while (connections.get(key(nextCid)) != null);
    return nextCid;
  }

  private static long key(int cid) {
    return (cid & 0xffffffffL) >>> 2;
  }

  private static Completion local(Errno errno, String why) {
    return new Completion(Completion.Kind.LOCAL_ERROR, 0, errno.number(), why);
  }
}
