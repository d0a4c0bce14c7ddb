// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.path;

import io.rxrpc.engine.Counter;
import io.rxrpc.testkit.LinkOptions;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.SimSink;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Bulk calls over one path for some virtual time. */
final class PathRun {
  private static final InetSocketAddress SERVER = SimAddress.of(100, 7003);
  private static final int SINK = 7;
  private static final long SECOND = 1_000_000_000L;

  private final SimNet net;
  private final SimEndpoint server;
  private final List<SimEndpoint> clients = new ArrayList<>();
  private final List<SimSink> sinks = new ArrayList<>();
  private List<Long> before = List.of();
  private long beganAt;

  PathRun(Path path, long seed) {
    net = SimNet.seeded(seed);
    net.batching(true);
    long oneWay = (long) (path.rtt() * 1e6 / 2);
    Tunables t = Tunables.defaults().with(Tunable.CONGESTION_CONTROL, path.congestion());
    server = new SimEndpoint(net, SERVER, t, seed * 100);
    server.sink(SINK, sinks::add);
    LinkOptions shared =
        new LinkOptions().latency(oneWay).rate(path.bits(), path.queue()).loss(path.loss());
    net.links(o -> o.latency(oneWay).rate(path.bits(), path.queue()));
    for (int i = 0; i < path.callers(); i++) {
      InetSocketAddress address = SimAddress.of(1 + i, 7001);
      SimEndpoint client = new SimEndpoint(net, address, t, seed * 100 + 1 + i);
      net.join(address, SERVER, "bottleneck", shared);
      clients.add(client);
      for (int k = 0; k < path.calls(); k++) {
        // a little apart, as they would be
        net.at(net.now() + (i * 7 + k * 3) * 1_000_000L, () -> client.flow(SERVER, SINK));
      }
    }
  }

  /** Goes on for a time. */
  PathRun run(long seconds) {
    net.runFor(seconds * SECOND);
    return this;
  }

  /** Measures from now on. */
  PathRun mark() {
    before = bytes();
    beganAt = net.now();
    return this;
  }

  private List<Long> bytes() {
    return sinks.stream().map(SimSink::bytes).toList();
  }

  /** Payload bits a second of each call since the mark, or since the beginning. */
  List<Double> goodputs() {
    List<Double> result = new ArrayList<>();
    List<Long> after = bytes();
    double seconds = (before.isEmpty() ? net.elapsed() : net.now() - beganAt) / 1e9;
    for (int i = 0; i < after.size(); i++) {
      long from = before.isEmpty() ? 0 : before.get(i);
      result.add((after.get(i) - from) * 8 / seconds);
    }
    return result;
  }

  /** All together. */
  double goodput() {
    return goodputs().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What the senders counted. */
  long count(Counter counter) {
    return clients.stream().mapToLong(c -> c.engine().counters().get(counter)).sum();
  }

  /** The mean over seeds 1 to {@code seeds}. */
  static double mean(Path path, int seeds, long seconds) {
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      sum += new PathRun(path, seed).run(seconds).goodput();
    }
    return sum / seeds;
  }
}
