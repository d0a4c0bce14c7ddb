package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.udp.Zone;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of an endpoint, bounded. */
final class PeerTable {
  private final Endpoint endpoint;
  private final int limit;

  /** By address and zone ({@link Zone#key}). */
  private final Map<Object, Peer> peers = new HashMap<>();

  private @Nullable Peer lastHit;
  final Strangers strangers;

  PeerTable(Endpoint endpoint, long now) {
    this.endpoint = endpoint;
    limit = endpoint.tunables.getInt(Tunable.PEERS);
    strangers = new Strangers(endpoint, now);
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
      endpoint.counters.add(Counter.PEERS_REFUSED);
      return null;
    }
    Peer fresh = new Peer(endpoint, strangers, address, known, now);
    if (!known) {
      strangers.come();
    }
    peers.put(Zone.key(address), fresh);
    endpoint.timers.update(fresh);
    lastHit = fresh;
    return fresh;
  }

  void remove(Peer peer) {
    if (peers.remove(Zone.key(peer.address)) != null && peer.reach.stranger()) {
      strangers.gone();
    }
    endpoint.timers.remove(peer);
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
