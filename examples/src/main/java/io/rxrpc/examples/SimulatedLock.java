// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.examples;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.ServerCall;
import io.rxrpc.testkit.memory.MemoryHost;
import io.rxrpc.testkit.memory.MemoryNetwork;
import io.rxrpc.testkit.memory.Running;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Handlers tried out without UDP: a server that lends a lock for ten seconds, three clients that
 * want it, and a network that loses a fifth of the packets. A minute passes in a blink, and the
 * same seed makes the same life. Without arguments, or with a seed.
 */
public final class SimulatedLock {
  private static final int SERVICE = 2112;
  private static final AbortCode TAKEN = new AbortCode(1);
  private static final Duration LENT = Duration.ofSeconds(10);

  private final MemoryNetwork network;
  private final PrintStream out;

  // of the server

  private String holder = "";
  private Duration until = Duration.ZERO;

  private SimulatedLock(long seed, PrintStream out) {
    network = MemoryNetwork.seeded(seed).links(l -> l.loss(0.2).latency(20_000_000));
    this.out = out;
  }

  /** Prints who had the lock when. */
  public static void main(String[] args) throws Exception {
    run(args.length > 0 ? Long.parseLong(args[0]) : 1, System.out);
  }

  /**
   * Lets three clients have the lock once each.
   *
   * @param seed makes the life what it is
   * @return how long that took, by the network's time
   */
  public static Duration run(long seed, PrintStream out) throws Exception {
    SimulatedLock life = new SimulatedLock(seed, out);
    life.network.run(life::live);
    return life.network.elapsed();
  }

  private void live() throws Exception {
    MemoryHost host = network.host("server");
    try (RxrpcEndpoint server =
        RxrpcEndpoint.builder()
            .surroundings(host.surroundings())
            .local(new InetSocketAddress(host.address(), 7000))
            .open()) {
      server.serve(SERVICE, this::lend);
      List<Running> clients = new ArrayList<>();
      for (String name : List.of("alice", "bob", "carol")) {
        clients.add(network.start(name, () -> want(name)));
      }
      for (Running client : clients) {
        client.join();
      }
    }
  }

  /** The handler: one thread runs at a time, and no wait comes between these lines. */
  private void lend(ServerCall call) throws RxrpcException {
    String who = new String(call.readAll(100), StandardCharsets.UTF_8);
    if (!holder.isEmpty() && !holder.equals(who) && network.elapsed().compareTo(until) < 0) {
      throw new CallAbort(TAKEN);
    }
    holder = who;
    until = network.elapsed().plus(LENT);
    call.endReply(new byte[0]);
  }

  private void want(String name) throws Exception {
    byte[] request = name.getBytes(StandardCharsets.UTF_8);
    RxrpcAddress server = RxrpcAddress.of("server", 7000, SERVICE, network.resolver());
    CallOptions options = CallOptions.DEFAULT.timeout(Duration.ofSeconds(5));
    try (RxrpcEndpoint client =
        RxrpcEndpoint.builder().surroundings(network.host(name).surroundings()).open()) {
      for (int tries = 1; ; tries++) {
        try {
          client.call(server, request, options);
          out.printf("%s has the lock after %d tries%n", name, tries);
          return;
        } catch (RxrpcException e) {
          network.pause(Duration.ofSeconds(1)); // taken, or unheard: once more
        }
      }
    }
  }
}
