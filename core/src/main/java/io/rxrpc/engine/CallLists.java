// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.table.Roster;
import org.jspecify.annotations.Nullable;

/** The calls of an endpoint that wait for something: to send, to be told of, for memory. */
final class CallLists {
  private final BufferPool pool;
  private final CallGears gears;
  private final Roster<Call> output = new Roster<>(Roster.OUTPUT);
  private final Roster<Call> events = new Roster<>(Roster.EVENTS);
  private final Roster<Call> starved = new Roster<>(Roster.STARVED);
  private final Roster<Call> settled = new Roster<>(Roster.SETTLED);

  CallLists(BufferPool pool, CallGears gears) {
    this.pool = pool;
    this.gears = gears;
  }

  /** A call may have something to send. */
  void output(Call call) {
    output.add(call);
  }

  /** A call has events for the application. */
  void eventful(Call call) {
    events.add(call);
  }

  /** A writer found the pool empty. */
  void starved(Call call) {
    starved.add(call);
  }

  /**
   * A call may be over, let go of, and read by nobody. Then its gear is for another call: not at
   * once, as whoever has ended it may be at it still, but when the host asks for events again.
   */
  void settle(Call call) {
    if (call.isSettled()) {
      settled.add(call);
    }
  }

  /** Whether a call may have something to send. */
  boolean anyOutput() {
    return !output.isEmpty();
  }

  /** The call whose turn it is to send, or null. */
  @Nullable Call firstOutput() {
    return output.peek();
  }

  /** The call whose turn it was has sent some: it comes last, as it must not starve the others. */
  void sentSome() {
    output.rotate();
  }

  /** The call whose turn it was has nothing to send. */
  void sentAll() {
    output.poll();
  }

  /** The next call with events, or null. */
  @Nullable Call nextEventful() {
    for (Call c = settled.poll(); c != null; c = settled.poll()) {
      if (!c.gear.isGone()) {
        gears.giveBack(c.giveBack());
      }
    }
    if (!starved.isEmpty() && pool.memoryToSend()) {
      for (Call c = starved.poll(); c != null; c = starved.poll()) {
        c.memoryFreed();
      }
    }
    return events.poll();
  }
}
