// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.rpc.sample.SampleClient;
import io.rxrpc.testkit.memory.MemoryHost;
import io.rxrpc.testkit.memory.MemoryNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Typed calls wait by the time of the network that their endpoint runs on. */
@Timeout(60)
class VirtualTimeTest {
  private final MemoryNetwork network = MemoryNetwork.seeded(1);

  /** Answers after so many seconds with their number. */
  private final class Slow extends Office {
    private final int seconds;

    Slow(int seconds) {
      this.seconds = seconds;
    }

    @Override
    public int getTime(Caller caller) throws InterruptedException {
      network.pause(Duration.ofSeconds(seconds));
      return seconds;
    }
  }

  private RxrpcEndpoint open(String host, int port) throws IOException {
    MemoryHost at = network.host(host);
    return RxrpcEndpoint.builder()
        .surroundings(at.surroundings())
        .local(new InetSocketAddress(at.address(), port))
        .open();
  }

  @Test
  void aCallToManyServersAndFutures() throws Exception {
    network.run(
        () -> {
          List<RxrpcAddress> servers = new ArrayList<>();
          for (int seconds : new int[] {30, 10, 20}) {
            RxrpcEndpoint server = open("server-" + seconds, 7000);
            server.serve(SampleEnds.SERVICE, new Slow(seconds).dispatcher());
            servers.add(new RxrpcAddress(server.localAddress(), SampleEnds.SERVICE));
          }
          try (RxrpcEndpoint client = open("client", 0)) {
            SampleClient sample = new SampleClient(RpcClient.of(client, servers.getFirst()));
            List<Integer> answers = new ArrayList<>();
            try (MultiCall<Integer> call = sample.getTimeAll(servers)) {
              assertThat(call.poll(Duration.ofSeconds(5))).isNull();
              assertThat(network.elapsed()).isEqualTo(Duration.ofSeconds(5));
              for (Answer<Integer> answer : call) {
                answers.add(answer.get());
              }
            }
            assertThat(answers).containsExactly(10, 20, 30);
            assertThat(sample.async().add(1, 2).get()).isEqualTo(3);
          }
        });
    assertThat(network.elapsed()).isGreaterThan(Duration.ofSeconds(30));
  }
}
