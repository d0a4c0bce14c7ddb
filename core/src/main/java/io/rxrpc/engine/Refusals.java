// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import io.rxrpc.engine.table.LongMap;
import io.rxrpc.engine.table.Timed;
import io.rxrpc.engine.table.TimerHeap;
import java.util.LinkedHashSet;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a service of a peer refuses by BUSY, and whose turn it is to ask again. A server
 * refuses what is beyond a number that it can take at once, so that calls which asked again in step
 * would all but a few be refused again: they go one by one, when another call has ended or was
 * taken, and by the clock where nothing else happens.
 */
final class Refusals extends Timed {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long MS = 1_000_000;

  /** A call that was refused once waits between these, and longer each time it is refused. */
  private static final long LEAST = 50 * MS;

  private static final long MOST = 200 * MS;
  private static final long LEAST_IN_THE_END = 250 * MS;
  private static final long MOST_IN_THE_END = 1000 * MS;

  /** However many wait, by the clock no more than one in this time asks. */
  private static final long GAP = 10 * MS;

  private final TimerHeap timers;

  /** In the order of asking; any of them may end. */
  private final LinkedHashSet<Refusal> waiting = new LinkedHashSet<>();

  private final SplittableRandom random;
  private long turnAt = NEVER;
  private long progressAt;

  /**
   * Whether the service was seen to acknowledge a call and to refuse it then. Once seen it is
   * believed for as long as the peer is known: it is how that server is built.
   */
  private boolean acknowledgesFirst;

  Refusals(TimerHeap timers, RandomGenerator random, long now) {
    this.timers = timers;
    this.random = new SplittableRandom(random.nextLong());
    progressAt = now;
  }

  /** A call was refused: it comes behind those who have waited longer. */
  void add(Refusal refusal, long now) {
    waiting.add(refusal);
    if (turnAt == NEVER) {
      schedule(now);
    }
  }

  /** A call waits no more. */
  void remove(Refusal refusal) {
    waiting.remove(refusal);
    restIfEmpty();
  }

  private void restIfEmpty() {
    if (waiting.isEmpty()) {
      turnAt = NEVER;
      timers.remove(this);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * One that had been refused was acknowledged: there may be room for another; whether that is
   * believed. Else each of those that wait would ask as soon as the one before was refused again.
   */
  boolean taken(long now) {
    if (!acknowledgesFirst) {
      progressAt = now;
      turn(now);
    }
    return !acknowledgesFirst;
  }

  /** The service acknowledges calls that it has not taken: only an ended one is progress. */
  void acknowledgesFirst() {
    acknowledgesFirst = true;
  }

  /** A call that the service had taken is over: its place may be free. */
  void ended(long now) {
    progressAt = now;
    turn(now);
  }

  /** When it was last seen that the service goes on with our calls. */
  long progressAt() {
    return progressAt;
  }

  private void turn(long now) {
    if (!waiting.isEmpty()) {
      waiting.removeFirst().ask(now);
    }
    restIfEmpty();
  }

  private void schedule(long now) {
    if (waiting.isEmpty()) {
      turnAt = NEVER;
      return;
    }
    int doublings = Math.min(waiting.getFirst().times() - 1, 5);
    long least = Math.min(LEAST << doublings, LEAST_IN_THE_END);
    long most = Math.min(MOST << doublings, MOST_IN_THE_END);
    turnAt = now + Math.max(random.nextLong(least, most + 1) / waiting.size(), GAP);
    timers.update(this);
  }

  @Override
  public long deadline() {
    return turnAt;
  }

  @Override
  public void expire(long now) {
    if (turnAt <= now) {
      turn(now);
      schedule(now);
    }
  }

  /** The lines of refused calls of a peer, by service. */
  static final class Table {
    private @Nullable LongMap<Refusals> services;

    Refusals of(TimerHeap timers, RandomGenerator random, int serviceId, long now) {
      if (services == null) {
        services = new LongMap<>();
      }
      Refusals found = services.get(serviceId);
      if (found == null) {
        found = new Refusals(timers, random, now);
        services.put(serviceId, found);
      }
      return found;
    }

    @Nullable Refusals find(int serviceId) {
      return services == null ? null : services.get(serviceId);
    }
  }
}
