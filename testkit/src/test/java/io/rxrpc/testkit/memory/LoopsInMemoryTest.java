// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops that run handlers themselves, on a network in memory. */
@Timeout(60)
class LoopsInMemoryTest {
  private static final int SERVICE = 52;

  private final List<String> seen = new ArrayList<>();

  private static RxrpcEndpoint open(MemoryNetwork network, String host, int port)
      throws IOException {
    MemoryHost at = network.host(host);
    return RxrpcEndpoint.builder()
        .surroundings(at.surroundings())
        .local(new InetSocketAddress(at.address(), port))
        .open();
  }

  private void saw(MemoryNetwork network, String what) {
    seen.add(what + " in " + Thread.currentThread().getName() + " at " + network.elapsed());
  }

  @Test
  void byDefaultTheyDoNot() throws Throwable {
    MemoryNetwork network = MemoryNetwork.seeded(1);
    network.run(
        () -> {
          try (RxrpcEndpoint server = open(network, "server", 7000);
              RxrpcEndpoint client = open(network, "client", 0)) {
            server.serve(
                SERVICE,
                call -> {
                  saw(network, "a call");
                  call.endReply(call.readAll(10));
                });
            client.call(RxrpcAddress.of("server", 7000, SERVICE, network.resolver()), new byte[3]);
          }
        });
    assertThat(seen).singleElement().asString().startsWith("a call in handler-1 at");
  }

  /** A life in which handlers run in the loop, and one of them calls its own endpoint. */
  private List<String> life(long seed) throws Throwable {
    seen.clear();
    MemoryNetwork network = MemoryNetwork.seeded(seed);
    network.run(
        () -> {
          try (RxrpcEndpoint server = open(network, "server", 7000);
              RxrpcEndpoint client = open(network, "client", 0)) {
            CallHandler echo =
                call -> {
                  saw(network, "an echo");
                  call.endReply(call.readAll(10));
                };
            server.serve(SERVICE, echo.on(Runnable::run));
            RxrpcAddress own = RxrpcAddress.of("server", 7000, SERVICE, network.resolver());
            CallHandler proxy =
                call -> {
                  saw(network, "a proxy");
                  byte[] reply = server.call(own, call.readAll(10));
                  saw(network, "its reply");
                  call.endReply(reply);
                };
            server.serve(SERVICE + 1, proxy.on(Runnable::run));
            RxrpcAddress to = RxrpcAddress.of("server", 7000, SERVICE + 1, network.resolver());
            for (int i = 0; i < 3; i++) {
              assertThat(client.call(to, new byte[i])).hasSize(i);
            }
            assertThat(server.counters().get("loops-relieved")).isEqualTo(3);
          }
        });
    return List.copyOf(seen);
  }

  @Test
  void whoWaitsInTheLoopIsRelievedAndALifeReplays() throws Throwable {
    List<String> first = life(5);
    assertThat(first).hasSize(9);
    assertThat(first.getFirst()).startsWith("a proxy in rxrpc-loop-7000 at");
    assertThat(life(5)).isEqualTo(first);
  }
}
