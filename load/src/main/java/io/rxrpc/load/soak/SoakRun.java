// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.EndpointClosedException;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.frame.CommandFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A server, clients behind a lossy relay, and callers that never rest. */
final class SoakRun {
  private static final long SECOND = 1_000_000_000L;
  private static final long PATIENCE = 120 * SECOND;

  private final RxrpcEndpoint server;
  private final SoakRelay relay;
  private final SoakTally tally;
  private final List<SoakSample> samples = new ArrayList<>();
  private final int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
  private volatile boolean over;

  /** Opens an endpoint on a free port of loopback. */
  interface Opener {
    RxrpcEndpoint open() throws IOException, CommandFailure;
  }

  private final Opener opener;

  SoakRun(Opener opener, double loss, long seed, SoakTally tally)
      throws IOException, CommandFailure {
    this.opener = opener;
    this.tally = tally;
    server = opener.open();
    SoakServer.serveOn(server);
    relay = SoakRelay.open(server.localAddress(), loss, seed);
  }

  SoakTally tally() {
    return tally;
  }

  List<SoakSample> samples() {
    return samples;
  }

  /** Something that is told each sample as it is taken. */
  interface Watcher {
    void sample(SoakSample sample, SoakTally tally);
  }

  /**
   * Runs for a time, and answers with what has leaked.
   *
   * @param interval seconds between two samples
   */
  List<String> run(long seconds, int parallel, long interval, long seed, Watcher watcher)
      throws IOException, CommandFailure, InterruptedException {
    long start = System.nanoTime();
    RxrpcEndpoint[] clients = {opener.open(), opener.open()};
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < parallel; i++) {
      SoakCaller caller =
          new SoakCaller(
              clients[i % clients.length],
              relay.localAddress(),
              new SplittableRandom(seed + 2L * i));
      SplittableRandom random = new SplittableRandom(seed + 2L * i + 1);
      callers.add(Thread.ofVirtual().name("soak-" + i).start(() -> callOn(caller, random)));
    }
    long next = 0;
    while (System.nanoTime() - start < seconds * SECOND) {
      sample(start, List.of(server, clients[0], clients[1]), watcher);
      next += interval;
      long until = Math.min(next, seconds) * SECOND - (System.nanoTime() - start);
      TimeUnit.NANOSECONDS.sleep(Math.max(until, 0));
    }
    sample(start, List.of(server, clients[0], clients[1]), watcher);
    over = true;
    for (Thread caller : callers) {
      caller.join();
    }
    for (RxrpcEndpoint client : clients) {
      client.close();
    }
    SoakSample last = settled(start);
    watcher.sample(last, tally);
    relay.close();
    server.close();
    return SoakLeaks.find(samples, last, threadsBefore, threadsLeft());
  }

  private void sample(long start, List<RxrpcEndpoint> endpoints, Watcher watcher) {
    SoakSample sample = SoakSample.take((System.nanoTime() - start) / SECOND, endpoints);
    samples.add(sample);
    watcher.sample(sample, tally);
  }

  /** What the server holds when everything that can expire has expired. */
  private SoakSample settled(long start) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      SoakSample now = SoakSample.take((System.nanoTime() - start) / SECOND, List.of(server));
      if (!now.holds() || System.nanoTime() - end > 0) {
        return now;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** Threads that are left when everything is closed, and has had a moment to end. */
  private int threadsLeft() throws InterruptedException {
    int left = ManagementFactory.getThreadMXBean().getThreadCount();
    for (int i = 0; i < 100 && left > threadsBefore + SoakLeaks.CARRIERS; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      left = ManagementFactory.getThreadMXBean().getThreadCount();
    }
    return left;
  }

  private void callOn(SoakCaller caller, SplittableRandom random) {
    while (!over) {
      SoakKind kind = SoakKind.any(random);
      try {
        caller.call(kind);
        tally.good(kind);
      } catch (InterruptedException | EndpointClosedException e) {
        return;
      } catch (Exception e) {
        tally.failed(kind, e);
      }
    }
  }
}
