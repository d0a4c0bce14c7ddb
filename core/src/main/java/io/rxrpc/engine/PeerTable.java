package io.rxrpc.engine;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of an endpoint, bounded. */
final class PeerTable {
  private final Endpoint endpoint;
  private final int limit;
  private final Map<InetSocketAddress, Peer> peers = new HashMap<>();
  private @Nullable Peer lastHit;

  PeerTable(Endpoint endpoint, int limit) {
    this.endpoint = endpoint;
    this.limit = limit;
  }

  @Nullable Peer find(InetSocketAddress address) {
    Peer hit = lastHit;
    if (hit != null && hit.address.equals(address)) {
      return hit;
    }
    Peer found = peers.get(address);
    if (found != null) {
      lastHit = found;
    }
    return found;
  }

  /** Finds or makes it; null when there are too many. */
  @Nullable Peer obtain(InetSocketAddress address, long now) {
    Peer peer = find(address);
    if (peer != null) {
      return peer;
    }
    if (peers.size() >= limit) {
      endpoint.counters.add(Counter.PEERS_REFUSED);
      return null;
    }
    Peer fresh = new Peer(endpoint, address, now);
    peers.put(address, fresh);
    endpoint.timers.update(fresh);
    lastHit = fresh;
    return fresh;
  }

  void remove(Peer peer) {
    peers.remove(peer.address);
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
