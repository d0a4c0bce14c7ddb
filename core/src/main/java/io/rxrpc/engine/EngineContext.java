// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.table.Census;
import io.rxrpc.engine.table.TimerHeap;
import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunables;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/**
 * What all rooms of an endpoint use: memory, counters, timers, the queue of packets that are no
 * DATA. Nothing in it knows a call, a connection or a peer.
 */
final class EngineContext {
  final Tunables tunables;
  final CallTuning tuning;
  final RandomGenerator random;
  final BufferPool pool;
  final Counters counters = new Counters();
  final TimerHeap timers = new TimerHeap();
  final Census census = new Census();
  final ControlQueue queue;
  final ControlOutput control;
  final AckOutput acks;
  final Rejections rejections;
  final CallGears gears;

  /** What is known of the interfaces of this host. */
  LinkMtus interfaces = LinkMtus.UNKNOWN;

  /** Work of security classes, for somebody else's thread. */
  final ArrayDeque<SecurityTask> tasks = new ArrayDeque<>();

  EngineContext(Tunables tunables, RandomGenerator random, BufferPool pool, long now) {
    this.tunables = tunables;
    this.random = random;
    this.pool = pool;
    tuning = CallTuning.of(tunables);
    queue = new ControlQueue(pool, counters);
    control = new ControlOutput(queue, counters);
    acks = new AckOutput(control, tunables, tuning);
    rejections = new Rejections(tunables, control, counters, now);
    gears = new CallGears(tunables, tuning, pool, counters);
  }

  /** Has the secrets of a connection's security cleared, which is the class's work. */
  void forget(ConnectionSecurity security) {
    if (security != NullSecurity.INSTANCE) {
      tasks.add(new Forget(security));
    }
  }
}
