// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/**
 * When a reader is told of data. At once, if nothing was told lately, if the sender has no more at
 * hand (it did not set MORE_PACKETS), if a hole was filled, or if a good deal has gathered.
 * Otherwise a little later, with what comes meanwhile: when many calls share a small window, each
 * of them gets a few packets in each round trip, and waking a thread for those costs more than they
 * do. The end of the data is always told at once. Times in nanoseconds.
 */
public final class ReadPolicy {
  private final long delay;
  private final int every;

  private long toldAt;
  private boolean told;
  private boolean filled;
  private long deadline = Long.MAX_VALUE;

  public static ReadPolicy of(Tunables tunables) {
    return new ReadPolicy(tunables.get(Tunable.READ_DELAY), tunables.getInt(Tunable.READ_EVERY));
  }

  /**
   * @param delay the least time from telling to telling while more is to come
   * @param every packets that are told at once all the same
   */
  public ReadPolicy(long delay, int every) {
    this.delay = delay;
    this.every = every;
  }

  /** Begins anew, for another call. */
  public void again() {
    toldAt = 0;
    told = false;
    filled = false;
    deadline = Long.MAX_VALUE;
  }

  /** A packet came for which others had to wait. */
  public void filledHole() {
    filled = true;
  }

  /**
   * Data can be read, and the phase has not ended.
   *
   * @param packets that can be read
   * @param window packets that may come before one is read; half of it counts as many
   * @param more whether the sender has said that more follows
   * @return whether to tell now
   */
  public boolean arrived(long now, int packets, int window, boolean more) {
    boolean many = packets >= Math.min(every, window / 2);
    if (many || filled || !more || !told || now - toldAt >= delay) {
      tell(now);
      return true;
    }
    deadline = toldAt + delay; // not from now on: each packet would put it off
    return false;
  }

  /** The time has come; whether to tell now. */
  public boolean expire(long now) {
    if (deadline > now) {
      return false;
    }
    tell(now);
    return true;
  }

  /** Everything was read, or the end was told: there is nothing to tell. */
  public void settled() {
    deadline = Long.MAX_VALUE;
  }

  /** When to {@link #expire}; {@link Long#MAX_VALUE} for never. */
  public long deadline() {
    return deadline;
  }

  private void tell(long now) {
    told = true;
    toldAt = now;
    filled = false;
    deadline = Long.MAX_VALUE;
  }
}
