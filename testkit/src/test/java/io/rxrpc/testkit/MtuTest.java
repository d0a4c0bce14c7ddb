// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import static io.rxrpc.testkit.SimNet.ms;
import static io.rxrpc.testkit.SimPair.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Counter;
import io.rxrpc.testkit.LinkOptions.TooBig;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths that carry less than was thought, or more. */
class MtuTest {
  private static final int IP_UDP = 28;

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new SplittableRandom(n).nextBytes(bytes);
    return bytes;
  }

  private static long count(SimPair net, Counter counter) {
    return net.client().engine().counters().get(counter)
        + net.server().engine().counters().get(counter);
  }

  private static void completed(SimPair net, int size) {
    SimCall call = net.call(ECHO, bytes(size));
    net.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(bytes(size));
  }

  private static int largest(List<Integer> lengths) {
    return lengths.stream().mapToInt(n -> n).max().orElse(0);
  }

  /** The lengths of the DATA packets of a call's request. */
  private static List<Integer> lengths(SimPair net, int size) {
    List<Integer> lengths = new ArrayList<>();
    net.net()
        .tap(
            new NetTap() {
              @Override
              public void delivered(long now, Datagram d) {
                if (d.isData() && d.fromClient()) {
                  lengths.add(d.length());
                }
              }

              @Override
              public void sent(long now, Datagram d, Fault fault) {}
            });
    completed(net, size);
    return List.copyOf(lengths);
  }

  @ParameterizedTest
  @EnumSource(names = {"ICMP", "BLACK_HOLE"})
  void aCallSurvivesAnMtuThatDropsInItsMiddle(TooBig what) {
    SimPair net = SimPair.seeded(1).latency(ms(10));
    SimCall call = net.call(ECHO, bytes(2_000_000));
    net.runUntil(() -> call.call().sent() > 300);
    net.links(o -> o.mtu(1000, what));
    net.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(bytes(2_000_000));
    assertThat(net.elapsed()).isLessThan(ms(8_000));
    net.net().runFor(ms(3_000));

    List<Integer> later = lengths(net, 100_000);
    assertThat(largest(later)).as("the path was found out").isBetween(900, 1000 - IP_UDP);
  }

  @Test
  void aShortReplyThatVanishesIsFoundOutByPings() {
    SimPair net = SimPair.seeded(8).latency(ms(16));
    net.net().link(net.server().address(), net.client().address()).mtu(900, TooBig.BLACK_HOLE);
    completed(net, 3_000);
    assertThat(net.elapsed()).isLessThan(ms(5_000));
  }

  @ParameterizedTest
  @EnumSource(names = {"ICMP", "BLACK_HOLE"})
  void aNarrowPathIsLearntByTheFirstCall(TooBig what) {
    SimPair net = SimPair.seeded(2).links(o -> o.latency(ms(10)).mtu(700, what));
    completed(net, 100_000);
    completed(net, 1_000_000);
    List<Integer> later = lengths(net, 100_000);
    assertThat(largest(later)).isBetween(520, 700 - IP_UDP);
  }

  @Test
  void aPathThatWidensAgainIsUsedAgain() {
    SimPair net = SimPair.seeded(3).links(o -> o.latency(ms(10)).mtu(1000, TooBig.BLACK_HOLE));
    completed(net, 500_000);
    net.links(o -> o.mtu(1500, TooBig.ICMP));
    net.net().runFor(ms(599_000)); // the peer must not be forgotten in that time
    completed(net, 100_000);
    net.net().runFor(ms(11_000));
    completed(net, 500_000);
    assertThat(largest(lengths(net, 100_000))).isEqualTo(1440);
  }

  @Test
  void aPartitionDoesNotMakePacketsSmallForLong() {
    SimPair net = SimPair.seeded(4).latency(ms(10));
    SimCall call = net.call(ECHO, bytes(2_000_000));
    net.runUntil(() -> call.call().sent() > 300);
    net.links(o -> o.cut(true));
    net.net().runFor(ms(3_000));
    net.links(o -> o.cut(false));
    net.runUntil(call::isComplete);
    assertThat(count(net, Counter.MTU_BLACK_HOLES)).as("taken for one").isPositive();
    assertThat(largest(lengths(net, 100_000))).isEqualTo(1440);
  }

  @Test
  void largerPacketsAreUsedWhereBothSidesOfferThem() {
    Tunables jumbo =
        Tunables.defaults()
            .with(Tunable.MAX_DATA, 8192)
            .with(Tunable.INTERFACE_MTU, 9000)
            .with(Tunable.RX_MTU, 9000);
    SimPair net = SimPair.seeded(5, jumbo).links(o -> o.latency(ms(10)).mtu(4000, TooBig.ICMP));
    completed(net, 1_000_000);
    completed(net, 1_000_000);
    List<Integer> later = lengths(net, 1_000_000);
    assertThat(largest(later) + IP_UDP).isBetween(3980, 4000);
    assertThat(later.size()).as("packets for 1 MB").isLessThan(300);
  }

  private static SimPair between(long seed, int clientMtu, int serverMtu) {
    SimPair net = SimPair.seeded(seed);
    net.client().engine().interfaces((local, peer) -> clientMtu);
    net.server().engine().interfaces((local, peer) -> serverMtu);
    return net;
  }

  /** No option is set: each end tells what its interface carries, and sends no more than that. */
  @ParameterizedTest
  @CsvSource({
    // interface of the client, of the server, the path; bytes of the largest packet
    "65536, 65536, 65535, 16376",
    "9000, 9000, 9000, 8944",
    "9000, 9000, 65535, 8944",
    "9000, 1500, 9000, 1440",
    "1500, 9000, 9000, 1440",
    "1500, 1500, 9000, 1440",
    "0, 9000, 9000, 8944",
    "1300, 9000, 9000, 1244"
  })
  void packetsAreAsLargeAsBothInterfacesAllow(int client, int server, int path, int largest) {
    SimPair net = between(9, client, server).links(o -> o.latency(ms(10)).mtu(path, TooBig.ICMP));
    completed(net, 100_000);
    assertThat(largest(lengths(net, 500_000))).isEqualTo(largest);
    assertThat(count(net, Counter.DATA_RESENT)).isZero();
    if (client == 1500 || server == 1500) {
      assertThat(count(net, Counter.MTU_PROBES_SENT)).isZero();
    }
  }

  /** Two round trips, and nothing is lost for it: a probe is no data. */
  @Test
  void largePacketsAreFoundInTheFirstRoundTrips() {
    SimPair net = between(10, 65_536, 65_536).links(o -> o.latency(ms(10)));
    List<Integer> lengths = lengths(net, 2_000_000);
    int small = lengths.indexOf(16_376);
    assertThat(small).as("packets before").isBetween(1, 600);
    assertThat(lengths.subList(small, lengths.size() - 1)).allMatch(n -> n == 16_376);
    assertThat(count(net, Counter.DATA_RESENT)).isZero();
    assertThat(count(net, Counter.MTU_PROBES_SENT)).as("one from each side").isEqualTo(2);
  }

  /** A PING of 16 KiB to everybody would cost more than it is worth. */
  @Test
  void smallCallsLookForNothing() {
    SimPair net = between(13, 65_536, 65_536).links(o -> o.latency(ms(10)));
    for (int i = 0; i < 20; i++) {
      completed(net, 70 * i);
    }
    assertThat(count(net, Counter.MTU_PROBES_SENT)).isZero();
    completed(net, 100_000);
    assertThat(count(net, Counter.MTU_PROBES_SENT)).isEqualTo(2);
  }

  /** A router in the middle of two jumbo frame networks carries no more than an Ethernet. */
  @ParameterizedTest
  @EnumSource(names = {"ICMP", "BLACK_HOLE"})
  void anEthernetBetweenLargerNetworksCostsNoData(TooBig what) {
    SimPair net = between(11, 9000, 9000).links(o -> o.latency(ms(1)).mtu(1500, what));
    assertThat(largest(lengths(net, 3_000_000))).isBetween(1440, 1472);
    assertThat(count(net, Counter.DATA_RESENT)).isZero();
    assertThat(count(net, Counter.MTU_BLACK_HOLES)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"ICMP", "BLACK_HOLE"})
  void aCallOfLargePacketsSurvivesAPathThatBecomesAnEthernet(TooBig what) {
    SimPair net = between(12, 9000, 9000).latency(ms(10));
    SimCall call = net.call(ECHO, bytes(8_000_000));
    net.runUntil(() -> call.call().sent() > 700);
    assertThat(net.client().engine().counters().get(Counter.BYTES_SENT)).isGreaterThan(1_000_000);
    net.links(o -> o.mtu(1500, what));
    net.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(bytes(8_000_000));
    assertThat(net.elapsed()).isLessThan(ms(10_000));
    assertThat(largest(lengths(net, 500_000))).isBetween(1440, 1472);
  }

  @Test
  @Tag("R-4")
  void probesAreFilledWithZeros() {
    SimPair net = SimPair.seeded(6).links(o -> o.latency(ms(10)).mtu(1000, TooBig.BLACK_HOLE));
    List<Datagram> probes = new ArrayList<>();
    net.net()
        .tap(
            new NetTap() {
              @Override
              public void delivered(long now, Datagram d) {}

              @Override
              public void sent(long now, Datagram d, Fault fault) {
                if (PacketFilter.ack(AckReason.PING).test(d) && d.length() >= 520) {
                  probes.add(d);
                }
              }
            });
    completed(net, 2_000_000);
    completed(net, 100_000);
    assertThat(probes).isNotEmpty().allMatch(Datagram::dontFragment);
    for (Datagram d : probes) {
      assertThat(IntStream.range(320, d.length()).map(i -> d.bytes()[i])).allMatch(b -> b == 0);
    }
  }

  @Test
  @Tag("R-3")
  void aForgedComplaintDoesLittleHarm() {
    SimPair net = SimPair.seeded(7).latency(ms(10));
    completed(net, 100_000);
    net.client().command(now -> net.client().error(now, net.server().address(), 90, 68));
    assertThat(largest(lengths(net, 100_000))).isEqualTo(520);
    net.net().runFor(ms(61_000));
    completed(net, 300_000);
    assertThat(largest(lengths(net, 100_000))).isEqualTo(1440);
  }
}
