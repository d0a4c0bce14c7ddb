// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;

/** The calls that an endpoint serves, all services together, and how many it may. */
final class ServiceLoad {
  private final int backlog;
  private final int callLimit;

  /** Calls being served, accepted or not. */
  int calls;

  /** Those of them that nobody has accepted yet. */
  int pending;

  ServiceLoad(Tunables tunables) {
    backlog = tunables.getInt(Tunable.BACKLOG);
    callLimit = tunables.getInt(Tunable.SERVICE_CALLS);
  }

  boolean full() {
    return pending >= backlog || calls >= callLimit;
  }
}
