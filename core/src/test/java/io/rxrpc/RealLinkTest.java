// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static io.rxrpc.Ends.SERVICE;
import static io.rxrpc.Ends.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real links of different MTUs: packets as large as they carry, and nothing in pieces. */
class RealLinkTest {
  private static final int LENGTH = 3_000_000;

  /** What both ends have counted after a call of so many bytes each way. */
  private record Counted(Map<String, Long> client, Map<String, Long> server, long fragments) {
    long sum(String name) {
      return client.get(name) + server.get(name);
    }
  }

  private static Counted echo(TwoHosts hosts, PortKind kind, Tunables tunables) throws Exception {
    try (RxrpcEndpoint server = open(hosts.server, kind, tunables);
        RxrpcEndpoint client = open(hosts.client, kind, tunables)) {
      server.serve(SERVICE, CallHandler.blob(request -> request));
      RxrpcAddress to = new RxrpcAddress(hosts.server.at(server.localAddress().getPort()), SERVICE);
      for (int i = 0; i < 2; i++) {
        assertThat(client.call(to, bytes(LENGTH))).isEqualTo(bytes(LENGTH));
      }
      long fragments = hosts.client.fragments() + hosts.server.fragments();
      return new Counted(client.counters(), server.counters(), fragments);
    }
  }

  private static RxrpcEndpoint open(TwoHosts.Host host, PortKind kind, Tunables tunables)
      throws Exception {
    return host.call(
        () -> RxrpcEndpoint.builder().port(kind).local(host.at(0)).tunables(tunables).open());
  }

  @ParameterizedTest
  @CsvSource({"LINUX", "NIO"})
  void onAnEthernetNothingGoesInPieces(PortKind kind) throws Exception {
    try (TwoHosts hosts = TwoHosts.linked(1500)) {
      Counted counted = echo(hosts, kind, Tunables.fromProperties());
      assertThat(counted.fragments).isZero();
      assertThat(counted.sum("jumbos-sent")).isZero();
      if (kind == PortKind.LINUX) { // the other looks for jumbo datagrams
        assertThat(counted.sum("mtu-probes-sent")).as("both know the link").isZero();
      }
    }
  }

  /** To who is like OpenAFS, four packets in a datagram: where the link carries them. */
  @ParameterizedTest
  @CsvSource({"LINUX, 1500, false", "LINUX, 9000, true", "NIO, 1500, false", "NIO, 9000, true"})
  void packetsGoTogetherWhereTheLinkCarriesThem(PortKind kind, int mtu, boolean together)
      throws Exception {
    Tunables openafs =
        Tunables.fromProperties().with(Tunable.RX_WINDOW, 32).with(Tunable.INTERFACE_MTU, 1444);
    try (TwoHosts hosts = TwoHosts.linked(mtu)) {
      Counted counted = echo(hosts, kind, openafs);
      assertThat(counted.fragments).isZero();
      assertThat(counted.client.get("jumbos-sent") > 0).isEqualTo(together);
      assertThat(counted.server.get("jumbos-sent") > 0).isEqualTo(together);
      assertThat(counted.sum("malformed")).isZero();
    }
  }

  @Test
  void jumboFramesAreFilled() throws Exception {
    try (TwoHosts hosts = TwoHosts.linked(9000)) {
      Counted counted = echo(hosts, PortKind.LINUX, Tunables.fromProperties());
      assertThat(counted.fragments).isZero();
      assertThat(counted.sum("jumbos-sent")).isZero();
      assertThat(counted.sum("data-sent"))
          .as("packets of 8,916 octets, but for those of the first round trip")
          .isLessThan(4 * LENGTH / 1412 / 2);
    }
  }
}
