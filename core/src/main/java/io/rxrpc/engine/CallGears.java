// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.tuning.Tunables;
import java.util.ArrayDeque;

/**
 * The gear of calls that are over, for calls to come: a call that takes what another has left costs
 * the collector little, and finds it in the processor's cache.
 */
final class CallGears {
  /** So many are kept: calls come and go in batches. The rest is the collector's. */
  private static final int MOST = 256;

  private final Tunables tunables;
  private final CallTuning tuning;
  private final BufferPool pool;
  private final Counters counters;
  private final ArrayDeque<CallGear> free = new ArrayDeque<>();
  private final CallGear gone;

  CallGears(Tunables tunables, CallTuning tuning, BufferPool pool, Counters counters) {
    this.tunables = tunables;
    this.tuning = tuning;
    this.pool = pool;
    this.counters = counters;
    RttEstimator.Limits limits = RttEstimator.Limits.of(tunables);
    gone = make(PathWindow.of(tunables, Joining.NEVER), new RttEstimator(limits));
    gone.end();
  }

  /** One that has to {@link CallGear#begin}, for a call to a peer whose path this is. */
  CallGear take(PathWindow path, RttEstimator rtt) {
    CallGear kept = free.pollLast();
    return kept == null ? make(path, rtt) : kept;
  }

  private CallGear make(PathWindow path, RttEstimator rtt) {
    return new CallGear(tunables, tuning, pool, counters, path, rtt);
  }

  /** A call is over and its application has let go of it: nobody uses its gear any more. */
  void giveBack(CallGear gear) {
    if (free.size() < MOST) {
      free.addLast(gear);
    }
  }

  /** What calls have whose gear was given back. Whoever still asks such a call finds it ended. */
  CallGear gone() {
    return gone;
  }
}
