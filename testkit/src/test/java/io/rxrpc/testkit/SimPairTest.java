// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import static io.rxrpc.testkit.PacketFilter.clientToServer;
import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.PacketFilter.last;
import static io.rxrpc.testkit.PacketFilter.seq;
import static io.rxrpc.testkit.PacketFilter.serverToClient;
import static io.rxrpc.testkit.SimNet.ms;
import static io.rxrpc.testkit.SimPair.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Counter;
import io.rxrpc.wire.AckReason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Stories of one client and one server. Virtual time is exact. */
class SimPairTest {

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new SplittableRandom(n).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aSmallCallTakesOneRoundTripAndThreePackets() {
    SimPair net = SimPair.seeded(1).latency(ms(5));
    SimCall call = net.call(ECHO, bytes(100));
    net.runUntil(call::isComplete);
    assertThat(call.reply()).isEqualTo(bytes(100));
    assertThat(net.elapsed()).isEqualTo(ms(10));
    net.net().runFor(ms(1000));
    assertThat(net.net().datagrams()).as("request, reply, final ACK").isEqualTo(3);
  }

  @Test
  void replyIsRepeatedWhenItsLastPacketIsLost() {
    SimPair net = SimPair.seeded(7).latency(ms(5)).drop(serverToClient(), data(last()), 1);
    SimCall call = net.call(ECHO, bytes(10_000));
    net.runUntil(call::isComplete);
    assertThat(call.reply()).isEqualTo(bytes(10_000));
    assertThat(net.elapsed()).isLessThan(ms(700));
  }

  @Test
  void aPacketLostInTheMiddleIsFoundByLaterAcks() {
    SimPair net = SimPair.seeded(2).latency(ms(5)).drop(clientToServer(), data(seq(20)), 1);
    SimCall call = net.call(ECHO, bytes(200_000));
    net.runUntil(call::isComplete);
    assertThat(call.reply()).isEqualTo(bytes(200_000));
    assertThat(net.client().engine().counters().get(Counter.FAST_RECOVERIES)).isEqualTo(1);
    assertThat(net.client().engine().counters().get(Counter.TIMEOUTS_RESEND)).isZero();
    assertThat(net.client().engine().counters().get(Counter.DATA_RESENT)).isEqualTo(1);
  }

  @Test
  void aLostFinalAckIsGivenAgain() {
    SimPair net = SimPair.seeded(3).drop(clientToServer(), PacketFilter.ack(AckReason.IDLE), 1);
    SimCall call = net.call(ECHO, bytes(100));
    net.runUntil(call::isComplete);
    net.runUntil(() -> net.server().engine().liveCalls() == 0);
    assertThat(net.elapsed()).isLessThan(ms(3000));
    assertThat(net.server().engine().counters().get(Counter.CALLS_FAILED)).isZero();
  }

  @Test
  void aSlowLinkCarriesWhatItCan() {
    SimPair net = SimPair.seeded(4).links(o -> o.latency(ms(10)).rate(10_000_000, 50));
    SimCall call = net.call(ECHO, bytes(500_000));
    net.runUntil(call::isComplete);
    // 1 MB at 10 Mbit/s takes 0.8 s and headers; the rest is lost to finding out the path
    assertThat(net.elapsed()).isBetween(ms(800), ms(2500));
  }

  @Test
  void aSmallerMtuIsLearntFromIcmp() {
    SimPair net = SimPair.seeded(5).links(o -> o.latency(ms(1)).mtu(1000, LinkOptions.TooBig.ICMP));
    SimCall call = net.call(ECHO, bytes(50_000));
    net.runUntil(call::isComplete);
    assertThat(call.reply()).isEqualTo(bytes(50_000));
    assertThat(net.net().faults()).containsKey(Fault.TOO_BIG);
  }

  @Test
  void versionIsTold() {
    SimPair net = SimPair.seeded(6);
    net.client().command(now -> net.client().engine().requestVersion(net.server().address(), 9));
    net.runUntil(() -> !net.client().versions().isEmpty());
    assertThat(net.client().versions().getFirst().text()).isEqualTo("RxRPC simulation");
    assertThat(net.client().versions().getFirst().id()).isEqualTo(9);
  }

  @Test
  void twentyCallsAtOnceShareConnections() {
    SimPair net = SimPair.seeded(8);
    SimCall[] calls = new SimCall[20];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = net.call(ECHO, bytes(i * 1000));
    }
    for (SimCall call : calls) {
      net.runUntil(call::isComplete);
      assertThat(call.ok()).isTrue();
    }
    assertThat(net.client().engine().clientConnections()).isEqualTo(5);
  }
}
