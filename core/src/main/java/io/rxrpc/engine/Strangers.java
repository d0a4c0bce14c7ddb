package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Peers that have answered nothing yet. There may be so many; of others nothing is kept until they
 * have answered a PING, so that a flood of first packets with false addresses fills no table.
 */
final class Strangers {
  /** Connections that they may have, on the average. */
  private static final int CONNECTIONS_EACH = 4;

  /** Of so many first packets one is answered while more come than can be. A power of two. */
  private static final int SHED = 4;

  private final Endpoint endpoint;
  private final int limit;
  private final int connectionLimit;
  private final ReachCookie cookie;
  private final RateLimit pings;
  private int count;
  private int connections;

  /** First packets of strangers in this batch. */
  private int met;

  /** Batches in a row that were full, mostly of strangers. */
  private int fullBatches;

  private final int patience;
  private int shed;

  /** Packets of replies that a peer may draw before it has answered anything. */
  final int allowance;

  /** How long an idle one is kept, in nanoseconds. */
  final long expiry;

  Strangers(Endpoint endpoint, long now) {
    this.endpoint = endpoint;
    limit = endpoint.tunables.getInt(Tunable.STRANGERS);
    connectionLimit = endpoint.tunables.getInt(Tunable.STRANGER_CONNECTIONS);
    allowance = endpoint.tunables.getInt(Tunable.REACH_ALLOWANCE);
    expiry = endpoint.tunables.get(Tunable.STRANGER_EXPIRY);
    patience = endpoint.tunables.getInt(Tunable.STRANGER_BATCHES);
    pings = new RateLimit(endpoint.tunables.get(Tunable.STRANGER_PING_RATE), now);
    cookie = new ReachCookie(endpoint.random);
  }

  int count() {
    return count;
  }

  void come() {
    count++;
  }

  void gone() {
    count--;
  }

  /** One of them is none any more. */
  void known(Peer peer) {
    count--;
    connections -= peer.serviceConnections.size();
    endpoint.timers.update(peer);
  }

  /** A connection of a peer came or went. */
  void connection(Peer peer, int change) {
    if (peer.reach.stranger()) {
      connections += change;
    }
  }

  private boolean crowded() {
    return count >= limit
        || connections >= CONNECTIONS_EACH * (long) limit
        || endpoint.peers.full();
  }

  /** Whether nothing more is kept of whom a packet may or may not come from. */
  boolean mustAnswerFirst(@Nullable Peer peer) {
    if (peer != null && !peer.reach.stranger()) {
      return false;
    }
    met++;
    return crowded()
        || pressed()
        || (peer != null && peer.serviceConnections.size() >= connectionLimit);
  }

  /**
   * A batch is through. While the next ones are full of strangers, too, more come than can be
   * answered, and those who are known wait behind them in the socket's buffer: then strangers cost
   * as little as can be.
   */
  void batch(int datagrams, boolean full) {
    fullBatches = full && 2L * met > datagrams ? fullBatches + 1 : 0;
    met = 0;
  }

  private boolean pressed() {
    return fullBatches >= patience;
  }

  /** Answers a first packet with a PING. The request comes again, as it is not acknowledged. */
  void ping(long now, InetSocketAddress from, @Nullable InetAddress to, MemorySegment p, long at) {
    if ((pressed() && (++shed & (SHED - 1)) != 0) || !pings.permits(now)) {
      endpoint.counters.add(Counter.STRANGERS_IGNORED);
      return;
    }
    int call = Header.callNumber(p, at);
    int serial = cookie.make(from, Header.epoch(p, at), Header.cid(p, at), call, now);
    endpoint.control.ping(from, to, p, at, serial, endpoint.trailerUnsecured);
    endpoint.counters.add(Counter.STRANGERS_PINGED);
  }

  /** A PING_RESPONSE on a connection that is not known: perhaps to one of those PINGs. */
  void answered(long now, InetSocketAddress from, MemorySegment p, long at) {
    int epoch = Header.epoch(p, at);
    int cid = Header.cid(p, at);
    int call = Header.callNumber(p, at);
    Peer peer =
        cookie.matches(Ack.serial(p, at), from, epoch, cid, call, now)
            ? endpoint.peers.obtain(from, true, now)
            : null;
    if (peer == null) {
      endpoint.counters.add(Counter.SPURIOUS);
      return;
    }
    peer.reach.prove();
    endpoint.counters.add(Counter.STRANGERS_PROVEN);
  }
}
