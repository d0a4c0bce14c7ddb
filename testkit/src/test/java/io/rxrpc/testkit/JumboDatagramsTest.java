// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import static io.rxrpc.testkit.SimNet.ms;
import static io.rxrpc.testkit.SimPair.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Counter;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.testkit.LinkOptions.TooBig;
import io.rxrpc.testkit.peer.Habits;
import io.rxrpc.testkit.peer.ModelPeer;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several packets in a datagram, sent by an engine whose port sends every datagram by itself. */
class JumboDatagramsTest {
  private static final int IP_UDP = 28;
  private static final int SERVICE = 5;
  private static final InetSocketAddress ENGINE = SimAddress.of(1, 7001);
  private static final InetSocketAddress PEER = SimAddress.of(2, 7003);

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new SplittableRandom(n).nextBytes(bytes);
    return bytes;
  }

  /** What an engine sends: how many jumbo datagrams, and that no packet of one was sent before. */
  private static final class Watch implements NetTap {
    private record Sent(int cid, int call, boolean client, int seq) {}

    final List<Datagram> jumbos = new ArrayList<>();
    private final Set<Sent> sent = new HashSet<>();
    private final InetSocketAddress engine;

    Watch(InetSocketAddress engine) {
      this.engine = engine;
    }

    @Override
    public void delivered(long now, Datagram d) {}

    @Override
    public void sent(long now, Datagram d, @Nullable Fault fault) {
      if (!d.from().equals(engine) || !d.isData()) {
        return;
      }
      List<Datagram> parts = d.parts();
      for (Datagram p : parts) {
        boolean fresh = sent.add(new Sent(p.cid(), p.callNumber(), p.fromClient(), p.seq()));
        assertThat(fresh || parts.size() == 1).as("sent again, and not alone: %s", d).isTrue();
      }
      if (parts.size() > 1) {
        assertThat(d.dontFragment()).isTrue();
        jumbos.add(d);
      }
    }

    int largest() {
      return jumbos.stream().mapToInt(Datagram::length).max().orElse(0);
    }
  }

  private static Watch watch(SimNet net, InetSocketAddress engine) {
    Watch watch = new Watch(engine);
    net.tap(watch);
    return watch;
  }

  private static SimPair pair(long seed) {
    SimPair net = SimPair.seeded(seed).latency(ms(5));
    net.client().joinPackets();
    net.server().joinPackets();
    return net;
  }

  private static void completed(SimPair net, int size) {
    SimCall call = net.call(ECHO, bytes(size));
    net.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(bytes(size));
  }

  @Test
  void goBothWaysAndCarryTheSame() {
    SimPair net = pair(1);
    Watch client = watch(net.net(), net.client().address());
    Watch server = watch(net.net(), net.server().address());
    completed(net, 3_000_000);
    assertThat(client.jumbos).hasSizeGreaterThan(300);
    assertThat(server.jumbos).hasSizeGreaterThan(300);
    assertThat(client.largest()).as("four packets").isEqualTo(5688);
    assertThat(net.client().engine().counters().get(Counter.JUMBOS_SENT))
        .isEqualTo(client.jumbos.size());
    assertThat(net.server().engine().counters().get(Counter.JUMBOS_RECEIVED))
        .isEqualTo(client.jumbos.size());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05})
  void lossAndReorderingLoseNothing(double loss) {
    for (int seed = 1; seed <= 5; seed++) {
      SimPair net = pair(seed).links(o -> o.loss(loss).reordering(loss, ms(3)).duplication(loss));
      Watch client = watch(net.net(), net.client().address());
      Watch server = watch(net.net(), net.server().address());
      completed(net, 2_000_000);
      assertThat(client.jumbos.size() + server.jumbos.size()).isPositive();
      assertThat(net.client().engine().counters().get(Counter.DATA_RESENT)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.05})
  void openafsTakesThem(double loss) {
    for (int seed = 1; seed <= 3; seed++) {
      SimNet net = SimNet.seeded(seed);
      net.links(o -> o.latency(ms(2)).loss(loss));
      SimEndpoint engine = new SimEndpoint(net, ENGINE, Tunables.defaults(), seed).joinPackets();
      ModelPeer model = new ModelPeer(net, PEER, Habits.OPENAFS, seed, 0);
      AtomicReference<byte[]> stored = new AtomicReference<>();
      model.serve(
          SERVICE,
          () ->
              request -> {
                stored.set(request);
                return SimHandler.Answer.of(bytes(100));
              });
      Watch watch = watch(net, ENGINE);
      SimCall store = engine.call(PEER, SERVICE, bytes(1_000_000));
      net.runUntil(store::isComplete);
      assertThat(store.ok()).isTrue();
      assertThat(stored.get()).isEqualTo(bytes(1_000_000));
      assertThat(watch.jumbos).hasSizeGreaterThan(20);
    }
  }

  /** A train spares an OpenAFS nothing, and one of ours everything. */
  @Test
  void wherePortsCutTrainsOpenafsGetsThemAndNobodyElse() {
    SimNet net = SimNet.seeded(1);
    net.links(o -> o.latency(ms(2)));
    SimEndpoint engine = new SimEndpoint(net, ENGINE, Tunables.defaults(), 1);
    engine.engine().joinPacketsForNarrowWindows();
    ModelPeer model = new ModelPeer(net, PEER, Habits.OPENAFS, 1, 0);
    model.serve(SERVICE, () -> request -> SimHandler.Answer.of(request));
    Watch watch = watch(net, ENGINE);
    SimCall store = engine.call(PEER, SERVICE, bytes(3_000_000));
    net.runUntil(store::isComplete);
    assertThat(store.reply()).isEqualTo(bytes(3_000_000));
    assertThat(watch.jumbos).hasSizeGreaterThan(100);
    assertThat(watch.largest()).as("three packets or four").isGreaterThanOrEqualTo(4272);

    SimPair ours = SimPair.seeded(1).latency(ms(5));
    ours.client().engine().joinPacketsForNarrowWindows();
    ours.server().engine().joinPacketsForNarrowWindows();
    Watch none = watch(ours.net(), ours.client().address());
    completed(ours, 3_000_000);
    assertThat(none.jumbos).isEmpty();
  }

  @Test
  void openafsFetchesThem() {
    SimNet net = SimNet.seeded(3);
    net.links(o -> o.latency(ms(2)).loss(0.01));
    SimEndpoint engine = new SimEndpoint(net, ENGINE, Tunables.defaults(), 3).joinPackets();
    engine.serve(
        SERVICE,
        List.of(NullSecurity.INSTANCE),
        () -> request -> SimHandler.Answer.of(bytes(1_000_000)));
    ModelPeer model = new ModelPeer(net, PEER, Habits.OPENAFS, 3, 0);
    Watch watch = watch(net, ENGINE);
    AtomicReference<ModelPeer.@Nullable End> end = new AtomicReference<>();
    model.call(ENGINE, SERVICE, new byte[10], end::set);
    net.runUntil(() -> end.get() != null);
    assertThat(end.get().ok()).isTrue();
    assertThat(end.get().reply()).isEqualTo(bytes(1_000_000));
    assertThat(watch.jumbos).hasSizeGreaterThan(20);
    assertThat(watch.jumbos)
        .as("only the last packet of a datagram asks")
        .allMatch(
            d -> {
              List<Datagram> parts = d.parts();
              return parts.subList(0, parts.size() - 1).stream()
                  .noneMatch(p -> p.has(Flags.REQUEST_ACK));
            });
  }

  @ParameterizedTest
  @EnumSource(TooBig.class)
  void anEthernetGetsNone(TooBig what) {
    SimPair net = pair(4).links(o -> o.mtu(1500, what));
    Watch client = watch(net.net(), net.client().address());
    completed(net, 1_000_000);
    completed(net, 1_000_000);
    assertThat(client.jumbos).isEmpty();
    assertThat(net.client().engine().counters().get(Counter.DATA_RESENT)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"ICMP", "BLACK_HOLE"})
  void aPathThatCarriesTwoGetsTwo(TooBig what) {
    SimPair net = pair(5).links(o -> o.mtu(4000, what).rate(20_000_000, 400));
    completed(net, 20_000_000);
    Watch client = watch(net.net(), net.client().address());
    completed(net, 2_000_000);
    assertThat(client.largest()).isEqualTo(2856);
  }

  @ParameterizedTest
  @EnumSource(names = {"ICMP", "BLACK_HOLE"})
  void anMtuThatDropsInTheMiddleCostsLittle(TooBig what) {
    SimPair net = pair(6);
    SimCall call = net.call(ECHO, bytes(4_000_000));
    net.runUntil(() -> call.call().sent() > 1500);
    assertThat(net.client().engine().counters().get(Counter.JUMBOS_SENT)).isPositive();
    net.links(o -> o.mtu(1500, what));
    net.runUntil(call::isComplete);
    assertThat(call.ok()).isTrue();
    assertThat(call.reply()).isEqualTo(bytes(4_000_000));
    assertThat(net.elapsed()).isLessThan(ms(8_000));
    Watch client = watch(net.net(), net.client().address());
    completed(net, 1_000_000);
    assertThat(client.largest() + IP_UDP).isLessThanOrEqualTo(1500);
  }

  @Test
  void aProbeIsAPingAndNothingElseIsLarger() {
    SimPair net = pair(7);
    List<Datagram> large = new ArrayList<>();
    net.net()
        .tap(
            new NetTap() {
              @Override
              public void delivered(long now, Datagram d) {}

              @Override
              public void sent(long now, Datagram d, @Nullable Fault fault) {
                if (d.length() > 1440 && !d.isData()) {
                  large.add(d);
                }
              }
            });
    completed(net, 1_000_000);
    assertThat(large).allMatch(PacketFilter.ack(AckReason.PING)).allMatch(Datagram::dontFragment);
    assertThat(large).as("one from each side").hasSize(2);
  }
}
