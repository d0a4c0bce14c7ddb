// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * When a packet counts as lost, by time (RFC 8985, RACK): something sent after it has arrived, and
 * it has had a round trip and the reordering window to arrive too. Transmissions have order
 * numbers, which are only compared; times in nanoseconds.
 */
public final class Rack {
  /** Packets acked behind a hole that make it a loss where nothing was ever reordered. */
  private final int threshold;

  private static final int PERSISTENCE = 16;

  private int order;
  private long rtt;
  private boolean begun;

  private boolean reorderingSeen;
  private int multiplier = 1;
  private int persist;

  /** The round in which a duplicate has widened the window: until this order is delivered. */
  private int wideningUntil;

  private boolean widening;

  public static Rack of(Tunables tunables) {
    return new Rack(tunables.getInt(Tunable.NACK_THRESHOLD));
  }

  public Rack(int threshold) {
    this.threshold = threshold;
  }

  /** Begins anew, for another call. */
  public void again() {
    order = 0;
    rtt = 0;
    begun = false;
    reorderingSeen = false;
    multiplier = 1;
    persist = 0;
    wideningUntil = 0;
    widening = false;
  }

  /** The transmission with this order, sent at that time, has arrived (RFC 8985 §6.2 step 2). */
  public void delivered(int transmission, long sentAt, long now) {
    if (!begun || transmission - order > 0) {
      begun = true;
      order = transmission;
      rtt = now - sentAt;
    }
    if (widening && transmission - wideningUntil >= 0) {
      widening = false;
    }
  }

  /** A packet sent once was acked after a later one (§6.2 step 3). */
  public void reordered() {
    reorderingSeen = true;
  }

  /**
   * The peer got a packet twice: the second transmission was for nothing, so the window was too
   * small. Once a round (§6.2 step 4).
   *
   * @param lastOrder of the latest transmission
   */
  public void repeatedForNothing(int lastOrder) {
    if (!widening) {
      widening = true;
      wideningUntil = lastOrder;
      multiplier = Math.min(multiplier + 1, 64);
      persist = PERSISTENCE;
    }
    reorderingSeen = true;
  }

  /** A recovery is over: the widened window is kept for 16 of them. */
  public void recovered() {
    if (persist > 0 && --persist == 0) {
      multiplier = 1;
    }
  }

  /** How long a packet may be overtaken before it counts as lost. */
  public long window(long minRtt, long smoothed, boolean recovering, int ackedBehind) {
    if (!reorderingSeen && (recovering || ackedBehind >= threshold)) {
      return 0;
    }
    return Math.min(multiplier * minRtt / 4, smoothed);
  }

  /** Whether something sent later than this transmission has arrived. */
  public boolean overtaken(int transmission) {
    return begun && order - transmission > 0;
  }

  /** The round trip of the latest transmission that has arrived. */
  public long rtt() {
    return rtt;
  }
}
