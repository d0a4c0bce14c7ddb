// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.Strangers;
import io.rxrpc.tuning.Tunable;
import java.util.ArrayList;
import java.util.Collection;

/** The connections that peers have opened to services here, so many of each kind. */
final class ServiceConnections {
  private final EngineContext context;
  private final Role<ServiceConnection> role;
  private final Strangers strangers;
  private final ServiceConnection.Expiry expiry;
  private final int limit;
  private final int unsecuredLimit;
  private final int perPeer;
  private int size;
  private int unsecured;

  /**
   * @param challengeRetry the time between two CHALLENGEs
   */
  ServiceConnections(
      EngineContext context,
      Role<ServiceConnection> role,
      Strangers strangers,
      long challengeRetry) {
    this.context = context;
    this.role = role;
    this.strangers = strangers;
    expiry =
        new ServiceConnection.Expiry(
            context.tunables.get(Tunable.SERVICE_IDLE_EXPIRY), strangers.expiry, challengeRetry);
    limit = context.tunables.getInt(Tunable.SERVICE_CONNECTIONS);
    unsecuredLimit = context.tunables.getInt(Tunable.UNSECURED_CONNECTIONS);
    perPeer = context.tunables.getInt(Tunable.PEER_CONNECTIONS);
  }

  int size() {
    return size;
  }

  /** Whether one more of a peer to a class so offered is too many. */
  boolean full(Peer peer, Offers.Offer offer) {
    return size >= limit
        || peer.serviceConnections.size() >= perPeer
        || (offer.challenges() && unsecured >= unsecuredLimit);
  }

  /** Opens the connection to which a first packet belongs. */
  ServiceConnection open(Arrival a, Peer peer, Service service, Offers.Offer offer) {
    ServiceConnection c =
        new ServiceConnection(
            context, role, peer, a.epoch(), a.connectionId(), service.id(), offer, expiry, a.now());
    c.local = a.to();
    c.askedService = a.serviceId();
    size++;
    if (c.securing != ServiceConnection.Securing.SECURE) {
      unsecured++;
    }
    peer.serviceConnections.put(c.key(), c);
    peer.add(c);
    if (peer.reach.stranger()) {
      strangers.connections(1);
    }
    context.counters.add(Counter.SERVICE_CONNECTIONS_OPENED);
    return c;
  }

  /** A connection has answered its CHALLENGE. */
  void secured(ServiceConnection c) {
    if (!c.closed) {
      unsecured--;
    }
  }

  /** Aborts a connection and its calls. */
  void abort(ServiceConnection c, int code, String why, long now) {
    context.control.abort(c, c.cid, 0, code);
    c.failCalls(Completion.aborted(code, why), now);
    close(c, now);
  }

  /** Forgets a connection without calls. */
  void close(ServiceConnection c, long now) {
    if (c.closed) {
      return;
    }
    c.closed = true;
    size--;
    if (c.securing != ServiceConnection.Securing.SECURE) {
      unsecured--;
    }
    context.timers.remove(c);
    c.peer.serviceConnections.remove(c.key());
    if (c.peer.reach.stranger()) {
      strangers.connections(-1);
    }
    c.peer.remove(c, now);
    c.forgetKeys();
    ConnectionWatcher watcher = c.watcher;
    if (watcher != null) {
      watcher.closed();
    }
  }

  void closeAll(Collection<Peer> peers, long now) {
    for (Peer peer : new ArrayList<>(peers)) {
      peer.serviceConnections.forEach(c -> close(c, now));
    }
  }
}
