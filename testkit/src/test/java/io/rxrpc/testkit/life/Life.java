// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimFailure.unless;
import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.engine.Endpoint;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.Trace;
import io.rxrpc.wire.AbortCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One seeded life: a network, two peers, some calls, and what must hold all the time. */
final class Life {
  private static final long SECOND = 1_000_000_000L;

  /** Trace lines that are enough for any life. */
  static final int WHOLE_TRACE = 1_000_000;

  /** Trace lines that a failure shows. */
  static final int TAIL = 60;

  private static final int STORM = 3_000_000;

  /**
   * What became of it.
   *
   * @param datagrams sent by both sides
   * @param faults kinds that struck
   * @param elapsed virtual nanoseconds
   */
  record Result(
      long datagrams,
      Set<Fault> faults,
      int calls,
      int ok,
      long elapsed,
      List<Goodput> goodputs,
      String peers) {}

  private final long seed;
  private final Scenario scenario;
  private final SimNet net;
  private final Trace trace;
  private final Cast cast;
  private int steps;

  Life(long seed, Scenario scenario, Defect defect, int traceLines) {
    this.seed = seed;
    this.scenario = scenario;
    net = SimNet.seeded(seed);
    trace = new Trace(traceLines, net.now(), traceLines == WHOLE_TRACE);
    net.tap(trace);
    cast = new Cast(net, seed, scenario, defect);
  }

  /** The scenario that a seed has when nobody chooses. */
  static Scenario scenarioOf(long seed) {
    Scenario[] all = Scenario.values();
    int n = (int) Math.floorMod(seed, all.length + 1L);
    return n == all.length ? Scenario.DAMAGED : all[n];
  }

  /** Lives it; throws {@link LifeFailure} when something does not hold. */
  Result run() {
    try {
      cast.begin();
      // 300,000 packets of a byte each at 30 % loss each way take hours
      until(cast.calls::ended, 86_400 * SECOND, "client calls");
      cast.calls.check();
      until(cast::serversIdle, cast.letGo(), "served calls");
      cast.check();
      List<Goodput> goodputs = cast.transfers(c -> until(c, 86_400 * SECOND, "last calls"));
      leave();
      return new Result(
          net.datagrams(),
          Set.copyOf(net.faults().keySet()),
          cast.calls.count(),
          cast.calls.succeeded(),
          net.elapsed(),
          goodputs,
          cast.peers());
    } catch (RuntimeException e) {
      throw new LifeFailure(seed, scenario, cast.peers() + " at step " + steps, trace, e);
    }
  }

  private void until(BooleanSupplier condition, long limit, String what) {
    long end = net.now() + limit;
    while (!condition.getAsBoolean()) {
      unless(net.step(), "nothing more happens, but there are %s: %s", what, cast);
      unless(++steps < STORM, "more than %d steps: %s", STORM, what);
      unless(net.now() < end, "%s do not end: %s", what, cast);
    }
  }

  /** Everything is given back. */
  private void leave() {
    net.runFor(ms(1));
    List<SimEndpoint> all = new ArrayList<>(cast.engines);
    for (SimEndpoint e : all) {
      e.close(AbortCodes.RX_CALL_DEAD);
      Endpoint engine = e.engine();
      unless(engine.liveCalls() == 0, "%d live calls after close of %s", engine.liveCalls(), e);
      unless(engine.timerCount() == 0, "%d timers after close of %s", engine.timerCount(), e);
      unless(
          engine.clientConnections() == 0 && engine.serviceConnections() == 0,
          "connections after close of %s",
          e);
      unless(engine.peerCount() == 0, "%d peers after close of %s", engine.peerCount(), e);
      unless(
          e.pool().outstanding() == 0,
          "%d bytes of packet memory after close of %s",
          e.pool().outstanding(),
          e);
    }
  }

  String trace() {
    return trace.toString();
  }
}
