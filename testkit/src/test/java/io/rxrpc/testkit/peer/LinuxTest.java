// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.PacketFilter.type;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.PacketFilter;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.PacketType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine with a model of Linux: what a real kernel did to it. */
class LinuxTest {
  private static final InetSocketAddress ENGINE = SimAddress.of(1, 7001);
  private static final InetSocketAddress LINUX = SimAddress.of(2, 7003);
  private static final int SERVICE = 5;
  private static final ToyHandshake SECRET = new ToyHandshake(99);

  private final SimNet net = SimNet.seeded(4);
  private final SimEndpoint engine = new SimEndpoint(net, ENGINE, Tunables.defaults(), 3);
  private ModelPeer linux = linux(Habits.LINUX);

  private ModelPeer linux(Habits habits) {
    ModelPeer peer = new ModelPeer(net, LINUX, habits, 8, 0);
    peer.secret(SECRET);
    peer.serve(SERVICE, () -> SimHandler.ECHO);
    return peer;
  }

  private SimCall call(ClientSecurity security, int bytes, Pace pace) {
    byte[] request = new byte[bytes];
    return engine.call(LINUX, SERVICE, security, request, request, pace, c -> {});
  }

  /** What hangs for ever does not end by itself: PINGs keep it alive. */
  private static void until(SimNet net, BooleanSupplier condition) {
    long end = net.now() + ms(60_000);
    net.runUntil(() -> condition.getAsBoolean() || net.now() > end);
    assertThat(condition.getAsBoolean()).as("over within a minute").isTrue();
  }

  private static Completion end(SimCall call) {
    return Objects.requireNonNull(call.outcome());
  }

  @Test
  @Tag("R-94")
  void callsThatBeginAtOnceOnFreshSecuredConnectionsAllSucceed() {
    for (int seed = 1; seed <= 20; seed++) {
      SimNet wild = SimNet.seeded(seed).links(o -> o.latency(ms(1)).reordering(0.3, ms(5)));
      ModelPeer peer = new ModelPeer(wild, LINUX, Habits.LINUX, seed, 0);
      peer.secret(SECRET);
      peer.serve(SERVICE, () -> SimHandler.ECHO);
      SimEndpoint client = new SimEndpoint(wild, ENGINE, Tunables.defaults(), seed);
      List<SimCall> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        byte[] request = new byte[i % 2 == 0 ? 3000 : 10];
        calls.add(client.call(LINUX, SERVICE, SECRET, request, request, Pace.FAST, c -> {}));
        if (i > 15) {
          wild.runFor(ms(1));
        }
      }
      until(wild, () -> calls.stream().allMatch(SimCall::isComplete));
      assertThat(calls).allSatisfy(c -> assertThat(end(c)).isEqualTo(Completion.SUCCESS));
    }
  }

  @Test
  @Tag("R-93")
  void lostResponsesCostLittle() {
    net.drop(type(PacketType.RESPONSE), 3);
    SimCall call = call(SECRET, 3000, Pace.FAST);
    until(net, call::isComplete);
    assertThat(end(call)).isEqualTo(Completion.SUCCESS);
    assertThat(net.elapsed()).isLessThan(ms(8000));
  }

  @Test
  @Tag("R-93")
  void aLostChallengeEndsTheCallWithinTheDeadTimeAndTheNextOneSucceeds() {
    net.drop(type(PacketType.CHALLENGE), 1);
    SimCall call = call(SECRET, 3000, Pace.FAST);
    until(net, call::isComplete);
    assertThat(end(call).reason()).contains("never asked who calls");
    assertThat(net.elapsed()).isBetween(ms(19_000), ms(21_000));
    SimCall next = call(SECRET, 3000, Pace.FAST);
    until(net, next::isComplete);
    assertThat(end(next)).isEqualTo(Completion.SUCCESS);
  }

  @Test
  @Tag("R-95")
  void aHoleWhoseRepetitionIsLostTooIsFilledSoonAtTheClient() {
    linux.serve(SERVICE, () -> r -> new SimHandler.Answer(new byte[60_000], 0, 0, Pace.FAST));
    net.drop(seq(LINUX, 42), 3); // the last but one: nothing follows that tells of it
    byte[] reply = new byte[60_000];
    SimCall call =
        engine.call(LINUX, SERVICE, NullSecurity.INSTANCE, new byte[10], reply, Pace.FAST, c -> {});
    until(net, call::isComplete);
    assertThat(end(call)).isEqualTo(Completion.SUCCESS);
    assertThat(net.elapsed()).isLessThan(ms(1500));
  }

  @Test
  @Tag("R-95")
  void aHoleWhoseRepetitionIsLostTooIsFilledSoonAtTheServer() {
    engine.serve(SERVICE, request -> new SimHandler.Answer(new byte[1], 0, 0, Pace.FAST));
    net.drop(seq(LINUX, 42), 3); // the last but one: nothing follows that tells of it
    ModelPeer.End[] ends = new ModelPeer.End[1];
    linux.call(ENGINE, SERVICE, new byte[60_000], end -> ends[0] = end);
    until(net, () -> ends[0] != null);
    assertThat(ends[0].ok()).isTrue();
    assertThat(net.elapsed()).isLessThan(ms(1500));
  }

  @Test
  @Tag("R-95")
  void aHoleWhoseRepetitionIsLostTooCostsBulkDataNoTimeout() {
    for (int lost : new int[] {20, 42}) {
      SimNet fast = SimNet.seeded(lost).links(o -> o.latency(ms(1) / 10));
      SimEndpoint server = new SimEndpoint(fast, ENGINE, Tunables.defaults(), 3);
      server.serve(SERVICE, request -> new SimHandler.Answer(new byte[1], 0, 0, Pace.FAST));
      ModelPeer client = new ModelPeer(fast, LINUX, Habits.LINUX, 8, 0);
      fast.drop(seq(LINUX, lost), 2);
      ModelPeer.End[] ends = new ModelPeer.End[1];
      client.call(ENGINE, SERVICE, new byte[60_000], end -> ends[0] = end);
      until(fast, () -> ends[0] != null);
      assertThat(ends[0].ok()).isTrue();
      assertThat(fast.elapsed()).as("DATA %s lost twice", lost).isLessThan(ms(100));
    }
  }

  @Test
  void aReplyToBulkDataThatIsLostGoesAgainWhenItsClientAsks() {
    SimNet fast = SimNet.seeded(3).links(o -> o.latency(ms(1) / 10));
    SimEndpoint server = new SimEndpoint(fast, ENGINE, Tunables.defaults(), 3);
    server.serve(SERVICE, request -> new SimHandler.Answer(new byte[4], 0, 0, Pace.FAST));
    ModelPeer client = new ModelPeer(fast, LINUX, Habits.LINUX, 8, 0);
    fast.drop(seq(ENGINE, 1), 1);
    ModelPeer.End[] ends = new ModelPeer.End[1];
    client.call(ENGINE, SERVICE, new byte[60_000], end -> ends[0] = end);
    until(fast, () -> ends[0] != null);
    assertThat(ends[0].ok()).isTrue();
    assertThat(fast.elapsed()).isLessThan(ms(250));
  }

  @Test
  void aSenderThatNotesLateWhenItSentMeasuresTheRoundTripAllTheSame() {
    SimNet near = SimNet.seeded(3).links(o -> o.latency(ms(1) / 100));
    SimEndpoint server = new SimEndpoint(near, ENGINE, Tunables.defaults(), 3);
    server.serve(SERVICE, request -> new SimHandler.Answer(new byte[4], 0, 0, Pace.FAST));
    ModelPeer client = new ModelPeer(near, LINUX, Habits.LINUX, 8, 0);
    near.drop(seq(LINUX, 43), 1); // the last one: only its timer finds out
    ModelPeer.End[] ends = new ModelPeer.End[1];
    client.call(ENGINE, SERVICE, new byte[60_000], end -> ends[0] = end);
    until(near, () -> ends[0] != null);
    assertThat(ends[0].ok()).isTrue();
    assertThat(near.elapsed()).as("its timeout without a sample is 1 s").isLessThan(ms(500));
  }

  private static PacketFilter seq(InetSocketAddress from, int seq) {
    return d -> data().test(d) && d.from().equals(from) && d.seq() == seq;
  }

  @Test
  @Tag("R-96")
  void aRequestThatPausesLongerThanLinuxBearsSucceeds() {
    for (Habits habits : List.of(Habits.LINUX, Habits.LINUX_250)) {
      linux = linux(habits);
      SimCall call = call(NullSecurity.INSTANCE, 10_000, new Pace(4000, ms(3000), 65_536, 0));
      until(net, call::isComplete);
      assertThat(end(call)).as(habits.toString()).isEqualTo(Completion.SUCCESS);
    }
  }

  @Test
  void bulkOfALinuxUnderLossIsNotHeldBackByOurAcks() {
    net.links(o -> o.latency(ms(1) / 10).loss(0.01));
    engine.serve(SERVICE, request -> new SimHandler.Answer(new byte[1], 0, 0, Pace.FAST));
    ModelPeer.End[] ends = new ModelPeer.End[1];
    linux.call(ENGINE, SERVICE, new byte[3_000_000], end -> ends[0] = end);
    net.runUntil(() -> ends[0] != null);
    assertThat(ends[0].ok()).isTrue();
    assertThat(net.elapsed()).isLessThan(ms(3000));
  }
}
