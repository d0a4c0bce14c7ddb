// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

/**
 * SO_KEEPALIVE of an idle client connection: its peer is asked for its version at an interval, and
 * after some silences the connection is given up, so that the next call starts afresh.
 */
public final class IdleProbe {
  private static final long NEVER = Long.MAX_VALUE;

  private final long interval;
  private final int limit;
  private long at = NEVER;
  private int silences;

  public IdleProbe(long interval, int limit) {
    this.interval = interval;
    this.limit = limit;
  }

  /** The connection has no call any more, or its peer was heard. */
  public void begin(long now) {
    at = now + interval;
    silences = 0;
  }

  /** When to ask next, {@link Long#MAX_VALUE} for never. */
  public long at() {
    return at;
  }

  /** It is time: whether to ask once more, rather than to give up. */
  public boolean mayAsk(long now) {
    if (silences >= limit) {
      return false;
    }
    silences++;
    at = now + interval;
    return true;
  }
}
