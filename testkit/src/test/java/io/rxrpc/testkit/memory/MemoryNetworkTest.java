// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallHandler;
import io.rxrpc.CallInterruptedException;
import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.ClientCall;
import io.rxrpc.EndpointClosedException;
import io.rxrpc.NetworkErrorException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import io.rxrpc.ServerCall;
import io.rxrpc.socket.RxrpcSocket;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What programs on a network in memory can rely on. */
@Timeout(60)
class MemoryNetworkTest {
  private static final int SERVICE = 52;

  private final MemoryNetwork network = MemoryNetwork.seeded(1);
  private final List<String> seen = new ArrayList<>();

  private RxrpcEndpoint open(String host, int port) throws IOException {
    MemoryHost at = network.host(host);
    return RxrpcEndpoint.builder()
        .surroundings(at.surroundings())
        .local(new InetSocketAddress(at.address(), port))
        .open();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A server of handler and a client beside it. */
  private void withEndpoints(CallHandler handler, TwoEnds program) throws Exception {
    network.run(
        () -> {
          try (RxrpcEndpoint server = open("server", 7000);
              RxrpcEndpoint client = open("client", 0)) {
            server.serve(SERVICE, handler);
            program.run(client, RxrpcAddress.of("server", 7000, SERVICE, network.resolver()));
          }
        });
  }

  private interface TwoEnds {
    void run(RxrpcEndpoint client, RxrpcAddress server) throws Exception;
  }

  @Test
  void aCallTakesOneRoundTripOfTheNetworksTime() throws Exception {
    withEndpoints(
        CallHandler.blob(request -> request),
        (client, server) -> {
          Duration before = network.elapsed();
          assertThat(client.call(server, bytes("hello"))).isEqualTo(bytes("hello"));
          assertThat(network.elapsed().minus(before)).isEqualTo(Duration.ofMillis(2));
          assertThat(client.localAddress().getAddress().getHostAddress()).isEqualTo("10.0.0.2");
        });
  }

  @Test
  void anHourInAHandlerTakesNoTime() throws Exception {
    withEndpoints(
        call -> {
          network.pause(Duration.ofHours(1));
          call.endReply(new byte[1]);
        },
        (client, server) -> {
          client.call(server, new byte[0]);
          assertThat(network.elapsed()).isGreaterThan(Duration.ofHours(1));
        });
  }

  @Test
  void aTimeLimitEndsACallToTheNanosecond() throws Exception {
    withEndpoints(
        call -> network.pause(Duration.ofHours(1)),
        (client, server) -> {
          Duration before = network.elapsed();
          CallOptions limited = CallOptions.DEFAULT.timeout(Duration.ofSeconds(3));
          assertThatThrownBy(() -> client.call(server, new byte[0], limited))
              .isInstanceOf(CallTimeoutException.class);
          assertThat(network.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(3));
        });
  }

  @Test
  void futuresWaitByTheNetworksTime() throws Exception {
    withEndpoints(
        call -> {
          network.pause(Duration.ofSeconds(call.readAll(1)[0]));
          call.endReply(new byte[] {1});
        },
        (client, server) -> {
          CompletableFuture<byte[]> slow = client.callAsync(server, new byte[] {9});
          assertThatThrownBy(() -> slow.get(2, TimeUnit.SECONDS))
              .isInstanceOf(TimeoutException.class);
          assertThat(network.elapsed()).isEqualTo(Duration.ofSeconds(2));
          assertThat(client.callAsync(server, new byte[] {1}).thenApply(b -> b.length).join())
              .isEqualTo(1);
          assertThat(slow.get()).hasSize(1);
          CompletableFuture<byte[]> one = client.callAsync(server, new byte[] {2});
          CompletableFuture<byte[]> two = client.callAsync(server, new byte[] {3});
          network.await(CompletableFuture.allOf(one, two));
          assertThat(one).isCompleted();
        });
  }

  @Test
  void threadsOfAProgramWaitForEachOther() throws Exception {
    network.run(
        () -> {
          Running slow =
              network.start(
                  "slow",
                  () -> {
                    network.pause(Duration.ofSeconds(5));
                    seen.add("slow");
                  });
          network.start("fast", () -> seen.add("fast")).join();
          slow.join();
          assertThat(slow.isOver()).isTrue();
          seen.add("main");
        });
    assertThat(seen).containsExactly("fast", "slow", "main");
    assertThat(network.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void anInterruptEndsWhateverAThreadWaitsFor() throws Exception {
    withEndpoints(
        call -> network.pause(Duration.ofHours(1)),
        (client, server) -> {
          Running caller =
              network.start(
                  "caller",
                  () ->
                      assertThatThrownBy(() -> client.call(server, new byte[0]))
                          .isInstanceOf(CallInterruptedException.class));
          network.pause(Duration.ofSeconds(1));
          caller.interrupt();
          caller.join();
          assertThat(network.elapsed()).isEqualTo(Duration.ofSeconds(1));
        });
  }

  @Test
  void aDeadlockIsToldWithWhoWaitsWhere() {
    assertThatThrownBy(
            () ->
                network.run(
                    () -> {
                      Running other =
                          network.start("other", () -> network.await(new CompletableFuture<>()));
                      other.join();
                    }))
        .isInstanceOf(NetworkStuckException.class)
        .hasMessageContaining("deadlock")
        .hasMessageContaining("other waits for CompletableFuture")
        .hasMessageContaining("main waits for")
        .hasMessageContaining("MemoryNetworkTest");
  }

  @Test
  void aThreadThatWaitsByOtherMeansIsTold() {
    assertThatThrownBy(() -> network.run(() -> new CountDownLatch(1).await()))
        .isInstanceOf(NetworkStuckException.class)
        .hasMessageContaining("outside the network's time")
        .hasMessageContaining("CountDownLatch");
  }

  @Test
  void aProgramThatNeverEndsIsStopped() {
    assertThatThrownBy(
            () ->
                network.run(
                    () -> {
                      while (network.elapsed().isPositive() || seen.isEmpty()) {
                        network.pause(Duration.ofHours(1));
                      }
                    }))
        .isInstanceOf(NetworkStuckException.class)
        .hasMessageContaining("limit");
  }

  @Test
  void whatAProgramThrowsEndsTheRunAndClosesWhatIsOpen() {
    assertThatThrownBy(
            () ->
                network.run(
                    () -> {
                      RxrpcEndpoint server = open("server", 7000);
                      server.serve(SERVICE, call -> network.pause(Duration.ofDays(1)));
                      RxrpcEndpoint client = open("client", 0);
                      network.start(
                          "caller",
                          () -> {
                            try {
                              client.call(
                                  new RxrpcAddress(server.localAddress(), SERVICE), new byte[0]);
                            } catch (EndpointClosedException e) {
                              seen.add("closed");
                            }
                          });
                      network.pause(Duration.ofSeconds(1));
                      throw new IOException("planted");
                    }))
        .hasMessage("planted");
    assertThat(seen).containsExactly("closed");
    assertThat(network.host("server").openPorts()).isEmpty();
  }

  @Test
  void nobodyAtAPortIsAnError() throws Exception {
    withEndpoints(
        call -> {},
        (client, server) -> {
          RxrpcAddress nobody = RxrpcAddress.of("server", 7001, SERVICE, network.resolver());
          try (RxrpcEndpoint linux =
              RxrpcEndpoint.builder()
                  .surroundings(network.host("client").surroundings())
                  .port(io.rxrpc.udp.PortKind.LINUX)
                  .open()) {
            assertThatThrownBy(() -> linux.call(nobody, new byte[0]))
                .isInstanceOf(NetworkErrorException.class)
                .hasMessageContaining("ECONNREFUSED");
          }
        });
  }

  @Test
  void aCutIsSilentAndCanBeMended() throws Exception {
    withEndpoints(
        CallHandler.blob(request -> request),
        (client, server) -> {
          network.cut(network.host("client"), network.host("server"));
          CallOptions limited = CallOptions.DEFAULT.timeout(Duration.ofSeconds(5));
          assertThatThrownBy(() -> client.call(server, new byte[0], limited))
              .isInstanceOf(CallTimeoutException.class);
          network.mend(network.host("client"), network.host("server"));
          client.call(server, new byte[0], limited);
        });
  }

  @Test
  void aTakenAddressAndAForeignOneCannotBeBound() throws Exception {
    network.run(
        () -> {
          try (RxrpcEndpoint server = open("server", 7000)) {
            assertThatThrownBy(() -> open("server", 7000)).hasMessageContaining("EADDRINUSE");
            assertThatThrownBy(
                    () ->
                        RxrpcEndpoint.builder()
                            .surroundings(network.host("client").surroundings())
                            .local(server.localAddress())
                            .open())
                .hasMessageContaining("EADDRNOTAVAIL");
          }
          open("server", 7000).close(); // it is free again
        });
  }

  @Test
  void shutdownWaitsForHandlersByTheNetworksTime() throws Exception {
    network.run(
        () -> {
          RxrpcEndpoint server = open("server", 7000);
          server.serve(
              SERVICE,
              (ServerCall call) -> {
                network.pause(Duration.ofSeconds(20));
                call.endReply(new byte[3]);
              });
          try (RxrpcEndpoint client = open("client", 0)) {
            CompletableFuture<byte[]> reply =
                client.callAsync(new RxrpcAddress(server.localAddress(), SERVICE), new byte[0]);
            network.pause(Duration.ofSeconds(1));
            assertThat(server.shutdown(Duration.ofSeconds(1))).isFalse();
            assertThat(network.elapsed()).isEqualTo(Duration.ofSeconds(2));
            assertThatThrownBy(reply::get).isInstanceOf(ExecutionException.class);
          }
        });
  }

  @Test
  void versionsAreAskedForAgainByTheNetworksTime() throws Exception {
    withEndpoints(
        call -> {},
        (client, server) -> {
          assertThat(client.version(server.transport(), Duration.ofSeconds(1)))
              .isEqualTo("RxRPC for Java");
          network.cut(network.host("client"), network.host("server"));
          Duration before = network.elapsed();
          assertThatThrownBy(() -> client.version(server.transport(), Duration.ofSeconds(9)))
              .isInstanceOf(CallTimeoutException.class);
          assertThat(network.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(9));
        });
  }

  /** Whoever closes a socket waits for its port's loop, and must not have its lock meanwhile. */
  @Test
  void aSocketCanBeAskedWhileItIsClosed() throws Exception {
    Tunables unkept = Tunables.defaults().with(Tunable.ENDPOINT_EXPIRY, 0);
    for (int seed = 1; seed <= 20; seed++) {
      MemoryNetwork small = MemoryNetwork.seeded(seed);
      small.run(
          () -> {
            RxrpcSocket socket =
                RxrpcSocket.open(
                    StandardProtocolFamily.INET, unkept, small.host("one").surroundings());
            socket.bind(null);
            small.start("closer", socket::close);
            for (int i = 0; i < 5; i++) {
              small.start(
                  "asker-" + i,
                  () -> {
                    try {
                      assertThat(socket.getLocalAddress()).isNotNull();
                      seen.add("open");
                    } catch (ClosedChannelException e) {
                      seen.add("closed");
                    }
                  });
            }
          });
    }
    assertThat(seen).contains("open", "closed");
  }

  @Test
  void threadsOfOthersCannotWaitInIt() {
    assertThatThrownBy(() -> network.pause(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no thread of this network");
  }

  @Test
  void streamsPassWithLossAndDelay() throws Exception {
    network.links(
        l -> l.loss(0.1).duplication(0.05).reordering(0.1, 20_000_000).latency(5_000_000));
    byte[] data = new byte[100_000];
    network.random().nextBytes(data);
    withEndpoints(
        call -> call.endReply(call.readAll(data.length)),
        (client, server) -> {
          try (ClientCall call = client.begin(server)) {
            network.start("writer", () -> written(call, data)).join();
            assertThat(call.readAll(data.length)).isEqualTo(data);
          }
        });
  }

  private static void written(ClientCall call, byte[] data) throws RxrpcException {
    call.write(data);
    call.endRequest();
  }
}
