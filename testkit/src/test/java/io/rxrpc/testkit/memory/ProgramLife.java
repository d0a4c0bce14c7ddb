// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.key.RxkadToken;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.rxkad.RxkadClient;
import io.rxrpc.security.rxkad.TicketIssuer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A client and a server written with the public API, and what their seed makes of them. */
final class ProgramLife {
  /**
   * What came of it.
   *
   * @param done what went well, how often
   * @param rough whether the server was started again
   * @param interrupted handlers that were, as their call had failed
   */
  record Result(
      long seed,
      String digest,
      Map<ProgramClient.Deed, Integer> done,
      boolean rough,
      int interrupted,
      Duration lasted,
      long datagrams) {}

  final MemoryNetwork network;
  final SplittableRandom random;
  final Map<ProgramClient.Deed, Integer> done = new EnumMap<>(ProgramClient.Deed.class);
  final boolean rough;
  private final long seed;
  private final RxkadToken token;
  private int interrupted;

  /**
   * @param keptLines of the trace
   */
  ProgramLife(long seed, int keptLines) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    network = MemoryNetwork.seeded(random.nextLong(), keptLines);
    rough = random.nextInt(3) == 0;
    SplittableRandom way = random.split();
    network.links(
        l ->
            l.loss(way.nextInt(3) == 0 ? 0 : way.nextDouble(0.1))
                .latency(way.nextLong(50_000, 20_000_000))
                .jitter(way.nextLong(0, 5_000_000))
                .duplication(way.nextInt(2) * 0.02)
                .reordering(way.nextInt(2) * 0.05, 10_000_000));
    token =
        TicketIssuer.classic(ProgramServer.KVNO, ProgramServer.KEY, random.split())
            .issue("alice", "", "", network.clock().instant(), Duration.ofHours(10));
  }

  RxrpcAddress server(int service) {
    InetSocketAddress at =
        new InetSocketAddress(network.host("server").address(), ProgramServer.PORT);
    return new RxrpcAddress(at, service);
  }

  CallOptions secured() {
    return CallOptions.DEFAULT.security(
        new RxkadClient(token, SecurityLevel.ENCRYPT, network.clock()));
  }

  Result run() throws Exception {
    network.run(this::live);
    return new Result(
        seed,
        network.digest(),
        done,
        rough,
        interrupted,
        network.elapsed(),
        network.net().datagrams());
  }

  private void live() throws Exception {
    ProgramServer server = new ProgramServer(network, random.split());
    try (ProgramSockets sockets = new ProgramSockets(network);
        RxrpcEndpoint client =
            RxrpcEndpoint.builder().surroundings(network.host("client").surroundings()).open()) {
      network.start("sockets", sockets::serve);
      List<Running> clients = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        ProgramClient c = new ProgramClient(this, client, sockets);
        clients.add(network.start("client-" + i, () -> c.live(random.nextInt(3, 7))));
      }
      for (int i = rough ? random.nextInt(1, 3) : 0; i > 0; i--) {
        network.pause(Duration.ofMillis(random.nextInt(1, 1000)));
        server.restart();
      }
      for (Running c : clients) {
        c.join();
      }
    } finally {
      server.close();
      interrupted = server.interrupted;
    }
  }
}
