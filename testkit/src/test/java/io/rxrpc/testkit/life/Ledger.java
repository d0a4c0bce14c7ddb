// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.SimFailure;
import java.util.HashMap;
import java.util.Map;

/** Which server has begun which work: never the same twice while it lives. */
final class Ledger {
  private record Key(Object server, long id) {}

  private final Map<Key, Integer> begun = new HashMap<>();
  private final Map<Long, Integer> servers = new HashMap<>();
  private int finished;

  void begin(Object server, long id) {
    int times = begun.merge(new Key(server, id), 1, Integer::sum);
    servers.merge(id, 1, Integer::sum);
    SimFailure.unless(times == 1, "call %d was handled %d times by one server", id, times);
  }

  /** How many servers have begun it: two if one that was started again got the request too. */
  int servers(long id) {
    return servers.getOrDefault(id, 0);
  }

  void finished() {
    finished++;
  }

  int begun() {
    return begun.size();
  }

  int served() {
    return finished;
  }
}
