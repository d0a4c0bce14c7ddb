// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.policy.Strangers;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Zone;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of an endpoint, bounded. */
final class PeerTable {
  private final EngineContext context;
  private final int limit;
  private final Peer.Rules rules;

  /** By address and zone ({@link Zone#key}). */
  private final Map<Object, Peer> peers = new HashMap<>();

  private @Nullable Peer lastHit;
  final Strangers strangers;

  /** Whether packets go together in one datagram to peers that become known from now on. */
  Joining joining = Joining.NEVER;

  PeerTable(EngineContext context, CallLists lists) {
    this.context = context;
    limit = context.tunables.getInt(Tunable.PEERS);
    strangers = new Strangers(context.tunables);
    rules = Peer.Rules.of(context, lists, strangers, this::remove);
  }

  boolean full() {
    return peers.size() >= limit;
  }

  @Nullable Peer find(InetSocketAddress address) {
    Peer hit = lastHit;
    if (hit != null && Zone.same(hit.address, address)) {
      return hit;
    }
    Peer found = peers.get(Zone.key(address));
    if (found != null) {
      lastHit = found;
    }
    return found;
  }

  /**
   * Finds or makes it; null when there are too many.
   *
   * @param known whether this side calls it, or knows that it gets what is sent to it
   */
  @Nullable Peer obtain(InetSocketAddress address, boolean known, long now) {
    Peer peer = find(address);
    if (peer != null) {
      return peer;
    }
    if (full()) {
      context.counters.add(Counter.PEERS_REFUSED);
      return null;
    }
    Peer fresh = make(address, known, now);
    if (!known) {
      strangers.count++;
    }
    peers.put(Zone.key(address), fresh);
    context.timers.update(fresh);
    lastHit = fresh;
    return fresh;
  }

  /** One that is not kept, for a call that fails at once. */
  Peer unlisted(InetSocketAddress address, long now) {
    return make(address, true, now);
  }

  private Peer make(InetSocketAddress address, boolean known, long now) {
    return new Peer(rules, address, known, joining, now);
  }

  void remove(Peer peer) {
    if (peers.remove(Zone.key(peer.address)) != null && peer.reach.stranger()) {
      strangers.count--;
    }
    context.timers.remove(peer);
    if (lastHit == peer) {
      lastHit = null;
    }
  }

  Collection<Peer> all() {
    return peers.values();
  }

  int size() {
    return peers.size();
  }
}
