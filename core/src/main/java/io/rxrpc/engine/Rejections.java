// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.policy.RateLimit;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.PacketType;

/** Answers to packets that belong to nothing here, so many a second. */
final class Rejections {
  private final RateLimit rate;
  private final ControlOutput control;
  private final Counters counters;

  Rejections(Tunables tunables, ControlOutput control, Counters counters, long now) {
    rate = new RateLimit(tunables.get(Tunable.REJECT_RATE), now);
    this.control = control;
    this.counters = counters;
  }

  /** Whether one more packet may be sent to somebody who is not known; if so it is counted. */
  boolean permits(long now) {
    boolean may = rate.permits(now);
    if (!may) {
      counters.add(Counter.REJECTIONS_SUPPRESSED);
    }
    return may;
  }

  /** Answers with an ABORT. */
  void abort(Arrival a, int code) {
    reject(a, PacketType.ABORT, code);
  }

  /** Answers with a BUSY. */
  void busy(Arrival a) {
    reject(a, PacketType.BUSY, 0);
  }

  private void reject(Arrival a, int type, int code) {
    if (permits(a.now())) {
      control.reject(a, type, code);
    }
  }
}
