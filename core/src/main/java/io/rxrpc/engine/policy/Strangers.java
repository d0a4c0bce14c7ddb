// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * How many peers that have answered nothing yet, strangers, are known, and how many connections
 * they have. There may be so many; beyond that nothing is kept of a stranger.
 */
public final class Strangers {
  /** Connections that they may have, on the average. */
  private static final int CONNECTIONS_EACH = 4;

  private final int limit;
  private int connections;

  /** Peers that have answered nothing yet. */
  public int count;

  /** Packets of replies that a peer may draw before it has answered anything. */
  public final int allowance;

  /** How long an idle one is kept, in nanoseconds. */
  public final long expiry;

  public Strangers(Tunables tunables) {
    limit = tunables.getInt(Tunable.STRANGERS);
    allowance = tunables.getInt(Tunable.REACH_ALLOWANCE);
    expiry = tunables.get(Tunable.STRANGER_EXPIRY);
  }

  /** One of them has answered: it is no stranger any more, and neither are its connections. */
  public void answered(int itsConnections) {
    count--;
    connections -= itsConnections;
  }

  /** So many connections of theirs more, or less. */
  public void connections(int change) {
    connections += change;
  }

  /** Whether no more of them are to be kept. */
  public boolean crowded() {
    return count >= limit || connections >= CONNECTIONS_EACH * (long) limit;
  }
}
