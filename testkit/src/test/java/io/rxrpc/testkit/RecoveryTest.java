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
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.PacketType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a single loss costs on a path whose round trip is known: no timeout, a few round trips. */
class RecoveryTest {
  private static final byte[] SMALL = bytes(100);

  /** What a peer may take to acknowledge, and the probe's granularity. */
  private static final long ACK_DELAY = ms(101);

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new SplittableRandom(n).nextBytes(bytes);
    return bytes;
  }

  /** A pair that knows its round trip of {@code rtt} milliseconds and is at rest. */
  private static SimPair warm(long rtt) {
    return warm(rtt, Tunables.defaults());
  }

  private static SimPair warm(long rtt, Tunables tunables) {
    SimPair net = SimPair.seeded(rtt, tunables).latency(ms(rtt) / 2);
    for (int i = 0; i < 12; i++) {
      SimCall call = net.call(ECHO, bytes(50_000));
      net.runUntil(call::isComplete);
    }
    net.net().runFor(ms(5_000));
    assertThat(timeouts(net)).isZero();
    return net;
  }

  private static long timeouts(SimPair net) {
    return count(net, Counter.TIMEOUTS_RESEND);
  }

  private static long count(SimPair net, Counter counter) {
    return net.client().engine().counters().get(counter)
        + net.server().engine().counters().get(counter);
  }

  private static SimCall completed(SimPair net, byte[] request) {
    SimCall call = net.call(ECHO, request);
    net.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(request);
    return call;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 100})
  void aSmallRequestThatIsLostIsProbedFor(long rtt) {
    SimPair net = warm(rtt).drop(clientToServer(), data(), 1);
    SimCall call = completed(net, SMALL);
    assertThat(call.duration()).isLessThan(2 * ms(rtt) + ACK_DELAY + ms(rtt) + ms(rtt) / 5);
    assertThat(timeouts(net)).isZero();
    assertThat(count(net, Counter.TAIL_PROBES)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 100})
  void aSmallReplyThatIsLostIsSentAgainWhenTheRequestComesAgain(long rtt) {
    SimPair net = warm(rtt).drop(serverToClient(), data(), 1);
    SimCall call = completed(net, SMALL);
    assertThat(call.duration()).isLessThan(2 * ms(rtt) + ACK_DELAY + ms(rtt) + ms(rtt) / 5);
    assertThat(timeouts(net)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 100})
  void theEndOfALongReplyIsPingedFor(long rtt) {
    SimPair net = warm(rtt);
    long calm = completed(net, bytes(20_000)).duration();
    net.net().runFor(ms(3_000));
    net.drop(serverToClient(), data(last()), 1);
    SimCall call = completed(net, bytes(20_000));
    // a PING after two round trips and the delay of an ACK, its answer, the packet
    assertThat(call.duration() - calm).isLessThan(4 * ms(rtt) + ACK_DELAY + ms(rtt) / 5);
    assertThat(timeouts(net)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 100})
  void theOnlyAckOfAWindowThatIsLostCostsAProbe(long rtt) {
    SimPair net = warm(rtt, Tunables.defaults().with(Tunable.RX_WINDOW, 16));
    long calm = completed(net, bytes(200_000)).duration();
    net.net().runFor(ms(3_000));
    SimCall call = net.call(ECHO, bytes(200_000));
    net.runUntil(() -> call.call().sent() > 32);
    // all ACKs of one round trip
    net.drop(serverToClient(), d -> d.type() == PacketType.ACK, 6);
    net.runUntil(call::isComplete);
    assertThat(call.duration() - calm).isLessThan(4 * ms(rtt) + ACK_DELAY);
    assertThat(timeouts(net)).isZero();
  }

  @Test
  void aLossInTheMiddleCostsARoundTrip() {
    SimPair net = warm(20);
    long calm = completed(net, bytes(100_000)).duration();
    net.net().runFor(ms(3_000));
    net.drop(clientToServer(), data(seq(30)), 1);
    SimCall call = completed(net, bytes(100_000));
    assertThat(call.duration() - calm).isLessThan(ms(30));
    assertThat(count(net, Counter.DATA_RESENT)).isEqualTo(1);
    assertThat(count(net, Counter.TAIL_PROBES)).isZero();
  }

  @Test
  void aRepetitionThatIsLostTooIsFoundByWhatFollows() {
    SimPair net = warm(20);
    net.drop(clientToServer(), data(seq(30)), 2);
    SimCall call = completed(net, bytes(400_000));
    assertThat(call.duration()).isLessThan(ms(400));
    assertThat(timeouts(net)).isZero();
  }

  @Test
  void reorderingIsNotTakenForLoss() {
    SimPair net = warm(20).links(o -> o.reordering(0.2, ms(4)));
    for (int i = 0; i < 3; i++) {
      completed(net, bytes(500_000));
    }
    long resent = count(net, Counter.DATA_RESENT);
    long overtaken = count(net, Counter.DATA_OUT_OF_ORDER);
    assertThat(overtaken).isGreaterThan(400);
    assertThat(resent).as("the window for it is found soon").isLessThan(overtaken / 4);
    assertThat(count(net, Counter.LOSSES_SPURIOUS)).isGreaterThanOrEqualTo(resent / 2);
  }

  @Test
  void aPauseOfThePathIsNotTakenForLossInTheEnd() {
    SimPair net = warm(20);
    SimCall call = net.call(ECHO, bytes(1_000_000));
    net.runUntil(() -> call.call().sent() > 300);
    net.links(o -> o.latency(ms(500)));
    net.net().runFor(ms(250));
    net.links(o -> o.latency(ms(10)));
    net.runUntil(call::isComplete);
    assertThat(count(net, Counter.TIMEOUTS_RESEND)).isPositive();
    assertThat(count(net, Counter.LOSSES_SPURIOUS)).isPositive();
    // hundreds were in flight when the timer expired: they are not sent again
    assertThat(count(net, Counter.DATA_RESENT)).isLessThan(20);
  }

  @Test
  void aNewCallKnowsWhatTheLastOneHasLearnt() {
    SimPair net = SimPair.seeded(5).links(o -> o.latency(ms(50)).rate(10_000_000, 40));
    completed(net, bytes(2_000_000));
    long before = count(net, Counter.DATA_RESENT);
    completed(net, bytes(2_000_000));
    assertThat(count(net, Counter.DATA_RESENT) - before).isLessThan(before / 3 + 1);
  }

  @Test
  void callsThatShareAWindowDoNotWaitForEachOther() {
    SimPair net = SimPair.seeded(6).links(o -> o.latency(ms(1)).rate(50_000_000, 60));
    SimCall[] calls = new SimCall[6];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = net.call(ECHO, bytes(1_000_000 + i * 50_000));
    }
    for (SimCall call : calls) {
      net.runUntil(call::isComplete);
    }
    // 6.75 MB each way at 50 Mbit/s
    assertThat(net.elapsed()).isLessThan(ms(3_000));
    assertThat(count(net, Counter.TIMEOUTS_RESEND)).isLessThan(4);
    assertThat(count(net, Counter.PINGS_SENT)).as("for want of an ACK").isLessThan(20);
  }
}
