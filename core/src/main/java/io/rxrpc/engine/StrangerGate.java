// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.RateLimit;
import io.rxrpc.engine.policy.ReachCookie;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.wire.Ack;
import org.jspecify.annotations.Nullable;

/**
 * Keeps first packets of strangers out while there are too many: nothing is kept of who sent one
 * until he has answered a PING, so that a flood of first packets with false addresses fills no
 * table.
 */
final class StrangerGate {
  /** Of so many first packets one is answered while more come than can be. A power of two. */
  private static final int SHED = 4;

  private final EngineContext context;
  private final PeerTable peers;
  private final int connectionLimit;
  private final ReachCookie cookie;
  private final RateLimit pings;

  /** First packets of strangers in this batch. */
  private int met;

  /** Batches in a row that were full, mostly of strangers. */
  private int fullBatches;

  private final int patience;
  private int shed;

  StrangerGate(EngineContext context, PeerTable peers, long now) {
    this.context = context;
    this.peers = peers;
    connectionLimit = context.tunables.getInt(Tunable.STRANGER_CONNECTIONS);
    patience = context.tunables.getInt(Tunable.STRANGER_BATCHES);
    pings = new RateLimit(context.tunables.get(Tunable.STRANGER_PING_RATE), now);
    cookie = new ReachCookie(context.random);
  }

  /** Whether nothing more is kept of whom a packet may or may not come from. */
  boolean mustAnswerFirst(@Nullable Peer peer) {
    if (peer != null && !peer.reach.stranger()) {
      return false;
    }
    met++;
    return peers.strangers.crowded()
        || peers.full()
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
  void ping(Arrival a) {
    if ((pressed() && (++shed & (SHED - 1)) != 0) || !pings.permits(a.now())) {
      context.counters.add(Counter.STRANGERS_IGNORED);
      return;
    }
    int serial = cookie.make(a.from(), a.epoch(), a.cid(), a.callNumber(), a.now());
    context.control.ping(a, serial, context.acks.unsecured());
    context.counters.add(Counter.STRANGERS_PINGED);
  }

  /** A PING_RESPONSE on a connection that is not known: perhaps to one of those PINGs. */
  void answered(Arrival a) {
    int serial = Ack.serial(a.memory(), a.at());
    Peer peer =
        cookie.matches(serial, a.from(), a.epoch(), a.cid(), a.callNumber(), a.now())
            ? peers.obtain(a.from(), true, a.now())
            : null;
    if (peer == null) {
      context.counters.add(Counter.SPURIOUS);
      return;
    }
    peer.prove();
    context.counters.add(Counter.STRANGERS_PROVEN);
  }
}
