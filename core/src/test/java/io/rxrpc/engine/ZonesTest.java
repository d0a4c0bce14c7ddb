// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.ReachCookie;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Zone;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One link-local address on two links: two peers, although Java's addresses are equal. */
class ZonesTest {
  private static InetSocketAddress zoned(int zone) {
    try {
      byte[] bytes = InetAddress.ofLiteral("fe80::1").getAddress();
      return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, zone), 7000);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static final InetSocketAddress A = zoned(2);
  private static final InetSocketAddress B = zoned(3);

  private static List<Integer> zones(List<Packet> packets) {
    return packets.stream().map(p -> Zone.of(p.to().getAddress())).distinct().toList();
  }

  @Test
  void callsToTheSameAddressOnTwoLinksGoToTwoHosts() {
    Bench bench = new Bench();
    for (InetSocketAddress to : List.of(A, B, A)) {
      App app = new App(bench.endpoint.open(to, Bench.SERVICE, NullSecurity.INSTANCE, bench.now));
      app.write(new byte[10], true, bench.now);
      assertThat(zones(bench.sent())).containsExactly(Zone.of(to.getAddress()));
    }
    assertThat(bench.endpoint.peerCount()).isEqualTo(2);
  }

  @Test
  void aServersReplyGoesBackOverTheLinkOfItsCall() {
    Bench bench = new Bench();
    bench.feed(A, bench.data(1, 1, Flags.LAST_PACKET, 10));
    bench.feed(B, bench.data(1, 1, Flags.LAST_PACKET, 10)); // the same numbers, another client
    assertThat(bench.served).hasSize(2);
    assertThat(bench.endpoint.serviceConnections()).isEqualTo(2);
    for (int i : new int[] {1, 0}) {
      bench.served.get(i).write(new byte[20], true, bench.now);
      List<Packet> sent = bench.sent();
      assertThat(sent).anyMatch(p -> p.type() == PacketType.DATA);
      assertThat(zones(sent)).containsExactly(i == 0 ? 2 : 3);
    }
  }

  @Test
  void anErrorOfOneLinkEndsNoCallOfTheOther() {
    Bench bench = new Bench();
    App a = new App(bench.endpoint.open(A, Bench.SERVICE, NullSecurity.INSTANCE, bench.now));
    App b = new App(bench.endpoint.open(B, Bench.SERVICE, NullSecurity.INSTANCE, bench.now));
    a.write(new byte[10], true, bench.now);
    b.write(new byte[10], true, bench.now);
    bench.sent();
    bench.endpoint.peerError(bench.now, B, io.rxrpc.udp.Errno.ECONNREFUSED.number(), false, 0);
    assertThat(a.call.completion()).isNull();
    assertThat(b.call.completion()).isNotNull();
  }

  @Test
  void idlePeersOfAllLinksAreForgotten() {
    Bench bench = new Bench(Tunables.defaults().with(Tunable.REACH_ALLOWANCE, 255));
    for (InetSocketAddress from : List.of(A, B)) {
      bench.feed(from, bench.data(1, 1, Flags.LAST_PACKET, 10));
    }
    assertThat(bench.endpoint.peerCount()).isEqualTo(2);
    bench.served.forEach(app -> app.call.abort(-1, bench.now));
    bench.sentWithin(4_000_000 * Bench.MS);
    assertThat(bench.endpoint.peerCount()).isZero();
  }

  @Test
  void theAnswerOfOneLinkProvesNothingOnTheOther() {
    ReachCookie cookie = new ReachCookie(new java.util.Random(1));
    int serial = cookie.make(A, 1, 4, 1, 0);
    assertThat(cookie.matches(serial, A, 1, 4, 1, 0)).isTrue();
    assertThat(cookie.matches(serial, B, 1, 4, 1, 0)).isFalse();
  }
}
