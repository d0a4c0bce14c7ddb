// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine.policy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/** How long a client connection without calls is kept. */
public final class IdleExpiry {
  private final long normal;
  private final long fast;
  private final int many;

  /** Connections without calls. */
  public int idle;

  public IdleExpiry(Tunables tunables) {
    normal = tunables.get(Tunable.CLIENT_IDLE_EXPIRY);
    fast = tunables.get(Tunable.CLIENT_IDLE_FAST_EXPIRY);
    many = tunables.getInt(Tunable.CLIENT_IDLE_MANY);
  }

  /**
   * How long, in nanoseconds: shorter when there are many, as Linux does, or when no call can use
   * it again and only its last ACK may have to be repeated.
   */
  public long of(boolean single) {
    return single || idle > many ? Math.min(fast, normal) : normal;
  }
}
