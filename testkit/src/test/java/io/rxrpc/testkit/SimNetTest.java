// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.udp.Errno;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated network itself. */
class SimNetTest {
  private static final InetSocketAddress A = SimAddress.of(1, 1);
  private static final InetSocketAddress B = SimAddress.of(2, 2);

  private final SimNet net = SimNet.seeded(9);
  private final ScriptedPeer a = new ScriptedPeer(net, A);
  private final ScriptedPeer b = new ScriptedPeer(net, B);

  private List<Datagram> send(int n, int length) {
    for (int i = 0; i < n; i++) {
      byte[] bytes = new byte[length];
      bytes[0] = (byte) i;
      a.send(B, bytes);
    }
    return b.collect(ms(10_000));
  }

  @Test
  void latencyIsExact() {
    net.link(A, B).latency(ms(7));
    a.send(B, new byte[30]);
    b.expect(d -> true);
    assertThat(net.elapsed()).isEqualTo(ms(7));
  }

  @Test
  void lossAndDuplicationStrikeAboutAsOftenAsAsked() {
    net.link(A, B).loss(0.3).duplication(0.1);
    assertThat(send(1000, 30)).hasSizeBetween(700, 850);
    assertThat(net.faults().get(Fault.LOSS)).isBetween(250, 350);
    assertThat(net.faults().get(Fault.DUPLICATION)).isBetween(40, 110);
  }

  @Test
  void jitterKeepsOrderAndReorderingDoesNot() {
    net.link(A, B).jitter(ms(5));
    List<Datagram> kept = send(50, 30);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i).bytes()[0]).isEqualTo((byte) i);
    }
    net.link(A, B).reordering(0.5, ms(50));
    assertThat(send(50, 30).stream().map(d -> d.bytes()[0]).toList())
        .hasSize(50)
        .isNotEqualTo(kept.stream().map(d -> d.bytes()[0]).toList());
  }

  @Test
  void aRateTakesTimeAndItsQueueOverflows() {
    net.link(A, B).latency(0).rate(8_000_000, 10); // a byte takes a microsecond
    assertThat(send(20, 972)).hasSize(10);
    assertThat(net.faults()).containsEntry(Fault.QUEUE_FULL, 10);
  }

  @Test
  void whatIsTooBigIsToldIfItMayNotBeFragmented() {
    net.link(A, B).mtu(500, LinkOptions.TooBig.ICMP);
    net.send(new Datagram(A, B, new byte[473], true));
    net.send(new Datagram(A, B, new byte[472], true));
    net.send(new Datagram(A, B, new byte[1000], false));
    assertThat(b.collect(ms(100))).hasSize(2);
    assertThat(a.errors()).containsExactly(Errno.EMSGSIZE.number());
  }

  @Test
  void anAddressThatNobodyHasIsTold() {
    a.send(SimAddress.of(77, 7), new byte[30]);
    net.runFor(ms(10));
    assertThat(a.errors()).containsExactly(Errno.ECONNREFUSED.number());
  }

  @Test
  void damageIsDroppedOrDelivered() {
    net.link(A, B).corruption(1);
    assertThat(send(3, 30)).isEmpty();
    net.link(A, B).corruption(1, HeaderDamage.INSTANCE);
    List<Datagram> damaged = send(20, 40);
    assertThat(damaged).hasSize(20);
    assertThat(damaged).anyMatch(d -> d.epoch() != 0 || d.cid() != 0 || d.serial() != 0);
  }

  @Test
  void aCutLinkCarriesNothing() {
    net.link(A, B).cut(true);
    assertThat(send(3, 30)).isEmpty();
    net.link(A, B).cut(false);
    assertThat(send(3, 30)).hasSize(3);
  }

  @Test
  void theTraceReadsLikeTcpdump() {
    Trace trace = new Trace(10, net.now(), true);
    net.tap(trace).drop(PacketFilter.data(PacketFilter.seq(2)), 1);
    for (int seq = 1; seq <= 2; seq++) {
      a.send(B, PacketBuilder.data(seq, new byte[4]).connection(0x9b932298, 0x48541178).call(7));
    }
    net.runFor(ms(10));
    assertThat(trace.toString())
        .isEqualTo(
            """
              0.000000 1 > 2: DATA cid 48541178.0 call 7 seq 1 svc 0 len 4
            * 0.000000 1 > 2: DATA cid 48541178.0 call 7 seq 2 svc 0 len 4 (FILTERED)
            < 0.001000 1 > 2: DATA cid 48541178.0 call 7 seq 1 svc 0 len 4
            """);
  }
}
