// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.IdleExpiry;
import io.rxrpc.engine.table.LongMap;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections that were opened from here, their channels, and the calls that wait for one. */
final class ClientConnections {
  private final EngineContext context;
  private final Role<ClientConnection> role;
  private final int epoch;
  private final Bundle.Table bundles = new Bundle.Table(new HashMap<>());
  private final LongMap<ClientConnection> connections = new LongMap<>();
  private final IdleExpiry expiry;
  private final int connectionsPerBundle;
  private final int waitingLimit;
  private int nextCid;
  private long lastClosed;

  ClientConnections(EngineContext context, Role<ClientConnection> role, long now) {
    this.context = context;
    this.role = role;
    // bit 31: a random epoch; bit 30 clear, as OpenAFS does
    epoch = (context.random.nextInt() & 0x3fffffff) | 0x80000000;
    nextCid = Header.connectionId(context.random.nextInt());
    lastClosed = now;
    expiry = new IdleExpiry(context.tunables);
    connectionsPerBundle = context.tunables.getInt(Tunable.BUNDLE_CONNECTIONS);
    waitingLimit = context.tunables.getInt(Tunable.WAITING_CALLS);
  }

  int epoch() {
    return epoch;
  }

  int size() {
    return connections.size();
  }

  /** When the last connection ended that has. */
  long lastClosed() {
    return lastClosed;
  }

  /** The connection to which a packet from a server belongs, or null. */
  @Nullable ClientConnection find(Arrival a) {
    ClientConnection c = connections.get(key(a.cid()));
    // matched by numbers and port; a server with several addresses may answer from another
    boolean matches =
        c != null && c.epoch == a.epoch() && c.address.getPort() == a.from().getPort();
    return matches ? c : null;
  }

  /** Puts a call on a free channel or a new connection, or has it wait for one. */
  void place(Call call, ClientSecurity security, CallWishes wishes, long now) {
    Bundle bundle = bundles.obtain(call.peer, call.serviceId, security, wishes);
    call.bundle = bundle;
    Channel channel = takeChannel(bundle, call, bundle.waiting.size() + 1, now);
    if (channel != null) {
      connect(call, channel);
    } else if (bundles.waiting() >= waitingLimit) {
      String why = "too many calls wait for a channel";
      call.complete(Completion.local(Errno.EAGAIN, why), now);
    } else {
      bundle.await(call);
      context.timers.update(call.timers);
    }
    bundle.drop();
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
    if (bundle.upgrading
        || bundle.connecting >= wanting
        || usable + bundle.connecting >= connectionsPerBundle) {
      return null;
    }
    ClientConnection c =
        new ClientConnection(context, role, expiry, bundle, epoch, freshCid(), now);
    if (c.upgrading) {
      bundle.upgrading = true;
    }
    if (bundle.clientSecurity == NullSecurity.INSTANCE) {
      c.protection = Protection.NONE;
      add(c);
      return c.channel(0);
    }
    bundle.connecting++;
    context.tasks.add(new Connect(this, c, call));
    return null;
  }

  private void add(ClientConnection c) {
    connections.put(key(c.cid), c);
    c.bundle.connections++;
    expiry.idle++;
    c.peer.add(c);
    context.counters.add(Counter.CLIENT_CONNECTIONS_OPENED);
    offerRest(c, c.channel(0));
    context.timers.update(c);
  }

  /** The security class has made a connection's security, or has not. */
  void connected(Connect task, long now) {
    ClientConnection c = task.connection;
    Bundle bundle = c.bundle;
    bundle.connecting--;
    Call first = bundle.waiting.contains(task.call) ? task.call : bundle.waiting.peek();
    if (c.protection == null || first == null) {
      if (c.upgrading) {
        bundle.upgrading = false;
      }
      task.discard();
      if (first != null) {
        first.complete(task.end(), now);
      }
    } else {
      c.began(now);
      add(c);
      bundle.free.addFirst(c.channel(0));
    }
    serveWaiting(bundle, now);
    bundle.drop();
  }

  /** Further calls may begin on a connection; on one that has still to prove something only one. */
  private static void offerRest(ClientConnection c, @Nullable Channel except) {
    if (c.single || c.upgrading || c.retired() || !c.proof.given()) {
      return;
    }
    for (int i = Connection.CHANNELS - 1; i >= 0; i--) {
      Channel ch = c.channel(i);
      if (ch.call == null && ch != except) {
        c.bundle.free.addFirst(ch);
      }
    }
  }

  /** The first answer to a call that asked for a newer service (calls.md section 13). */
  void upgraded(ClientConnection c, int serviceId, long now) {
    c.upgrading = false;
    c.bundle.upgrading = false;
    c.serviceId = serviceId;
    offerRest(c, null);
    serveWaiting(c.bundle, now);
  }

  /** The server has believed who calls; a channel that is about to become free is left out. */
  void proven(ClientConnection c, @Nullable Channel except, long now) {
    c.proof.give();
    if (!c.upgrading) {
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

  private void connect(Call call, Channel ch) {
    if (ch.connection.active++ == 0) {
      expiry.idle--;
    }
    ch.call = call;
    ch.callNumber++;
    call.on(ch);
    call.enter(CallState.CLIENT_SEND_REQUEST);
    call.post(Call.CONNECTED);
    context.timers.update(call.timers);
  }

  /** A call has left its channel: the next one waiting takes it. */
  void channelFree(ClientConnection c, Channel ch, long now) {
    if (c.active == 0) {
      expiry.idle++;
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
    bundle.drop();
  }

  private void serveWaiting(Bundle bundle, long now) {
    while (!bundle.waiting.isEmpty()) {
      Call call = bundle.waiting.peek();
      Channel ch = takeChannel(bundle, call, bundle.waiting.size(), now);
      if (ch == null) {
        return;
      }
      bundle.leave(call);
      connect(call, ch);
    }
  }

  /** Forgets a connection that nobody uses. */
  void close(ClientConnection c, long now) {
    if (c.closed) {
      return;
    }
    c.closed = true;
    if (c.active == 0) {
      expiry.idle--;
    }
    c.sendFinalAcks(Long.MAX_VALUE - 1);
    connections.remove(key(c.cid));
    lastClosed = now;
    context.timers.remove(c);
    Bundle bundle = c.bundle;
    bundle.connections--;
    if (c.retired()) {
      bundle.retired--;
    }
    bundle.free.removeIf(f -> f.connection == c);
    c.peer.remove(c, now);
    c.forgetKeys();
    serveWaiting(bundle, now);
    bundle.drop();
  }

  /** Aborts a connection and its calls. */
  void abort(ClientConnection c, int code, String why, long now) {
    context.control.abort(c, c.cid, 0, code);
    aborted(c, Completion.aborted(code, why), now);
  }

  /** A connection is over, and its calls with it (R-43: all four channels are gone). */
  void aborted(ClientConnection c, Completion why, long now) {
    c.retire();
    c.failCalls(why, now);
    close(c, now);
  }

  /** An idle connection whose peer is asked for signs of life is not used again: it has gone. */
  void giveUp(ClientConnection c, long now) {
    if (c.isIdleProbed()) {
      context.counters.add(Counter.IDLE_CONNECTIONS_GIVEN_UP);
      close(c, now);
    }
  }

  void flushFinalAcks() {
    connections.forEach(c -> c.sendFinalAcks(Long.MAX_VALUE - 1));
  }

  /** Ends the calls that have no channel yet. */
  void abortWaiting(int code, long now) {
    for (Bundle bundle : new ArrayList<>(bundles.bundles.values())) {
      for (Call call : new ArrayList<>(bundle.waiting)) {
        call.abort(code, now);
      }
    }
  }

  /** Shows the calls that have no channel yet. */
  void waiting(Consumer<Call> viewer) {
    bundles.bundles.values().forEach(b -> b.waiting.forEach(viewer));
  }

  void closeAll(long now) {
    connections.forEach(c -> close(c, now));
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
}
