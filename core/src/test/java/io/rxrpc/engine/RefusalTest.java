// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that a server refuses by BUSY, and when they ask again. */
@Tag("R-31")
class RefusalTest {
  private static final long MS = Bench.MS;

  private final Bench bench = new Bench();

  private App request(int bytes) {
    App app = bench.open();
    app.write(Pipe.bytes(bytes), true, bench.now);
    return app;
  }

  /** The next DATA of a client, and how long it took. */
  private long untilData(long most, List<Packet> packets) {
    for (long waited = 0; waited <= most; waited += MS) {
      packets.addAll(bench.sentWithin(MS).stream().filter(Packet::isData).toList());
      if (!packets.isEmpty()) {
        return waited + MS;
      }
    }
    throw new AssertionError("nothing is sent");
  }

  @Test
  void aRefusedCallAsksAgainSoonAndThenMoreSeldom() {
    App app = request(10);
    assertThat(bench.sent()).hasSize(1);
    long[] least = {50, 100, 200, 250, 250, 250, 250};
    long[] most = {200, 400, 800, 1000, 1000, 1000, 1000};
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < least.length; i++) {
      bench.feed(bench.to(app, PacketType.BUSY, 0));
      List<Packet> again = new ArrayList<>();
      long wait = untilData(1100 * MS, again);
      assertThat(again).hasSize(1);
      assertThat(wait).as("after BUSY %d", i + 1).isBetween(least[i] * MS, (most[i] + 2) * MS);
      waits.add(wait);
    }
    assertThat(waits).doesNotHaveDuplicates(); // not in step with others'
    bench.feed(bench.dataTo(app, 1, Flags.LAST_PACKET, 20));
    assertThat(app.completion()).isEqualTo(Completion.SUCCESS);
  }

  @Test
  void aRefusedRequestAsksWithOnePacketAndTheRestFollowsWhenItIsTaken() {
    App app = request(6000);
    int packets = bench.sent().size();
    assertThat(packets).isGreaterThan(3);
    for (int i = 0; i < packets; i++) {
      assertThat(bench.feed(bench.to(app, PacketType.BUSY, 0))).isEmpty();
    }
    List<Packet> again = new ArrayList<>();
    untilData(200 * MS, again);
    assertThat(again).singleElement().matches(p -> p.seq() == 1 && p.has(Flags.REQUEST_ACK));
    int serial = again.getFirst().serial();
    List<Packet> rest = bench.feed(bench.ackTo(app, 0, 1, serial, AckReason.REQUESTED, 255, true));
    assertThat(rest).extracting(Packet::seq).startsWith(2, 3).hasSize(packets - 1);
  }

  @Test
  void aRequestThatWasBegunAndThenRefusedGoesAgainAsAWhole() {
    App app = request(6000);
    int packets = bench.sent().size();
    bench.feed(bench.ackTo(app, 0, 1, 0, AckReason.DELAY, 255, true, true));
    bench.feed(bench.to(app, PacketType.BUSY, 0));
    List<Packet> again = new ArrayList<>();
    untilData(200 * MS, again);
    assertThat(again).singleElement().matches(p -> p.seq() == 1);
    int serial = again.getFirst().serial();
    assertThat(bench.feed(bench.ackTo(app, 0, 1, serial, AckReason.REQUESTED, 255, true)))
        .hasSize(packets - 1);
  }

  /** A server whose threads are all taken acknowledges a call before it learns that. */
  @Test
  void aServerThatAcknowledgesAndThenRefusesIsBelieved() {
    Map<Long, App> apps = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      App app = request(10);
      apps.put(key(app.call.cid(), app.call.number()), app);
    }
    Deque<Packet> unanswered = new ArrayDeque<>(bench.sent());
    long start = bench.now;
    int asked = 0;
    while (apps.values().stream().anyMatch(a -> a.call.completion() == null)) {
      while (!unanswered.isEmpty()) {
        Packet p = unanswered.remove();
        if (p.isData()) {
          App app = apps.get(key(p.cid(), p.callNumber()));
          asked++;
          assertThat(asked).as("a few ask at a time").isLessThan(2000);
          Packet ack = bench.ackTo(app, 0, 1, p.serial(), AckReason.REQUESTED, 255, true);
          unanswered.addAll(bench.feed(ack));
          unanswered.addAll(bench.feed(bench.to(app, PacketType.BUSY, 0)));
        }
      }
      unanswered.addAll(bench.sentWithin(MS));
      assertThat(bench.now - start).as("it is believed").isLessThan(25_000 * MS);
    }
    assertThat(apps.values()).allMatch(a -> a.completion().kind() == Completion.Kind.BUSY);
  }

  private static long key(int cid, int call) {
    return (long) cid << 32 | call;
  }

  @Test
  void aQuestionThatIsLostIsRepeated() {
    App app = request(10);
    bench.sent();
    bench.feed(bench.to(app, PacketType.BUSY, 0));
    untilData(200 * MS, new ArrayList<>()); // and is lost
    untilData(2000 * MS, new ArrayList<>());
    bench.feed(bench.to(app, PacketType.BUSY, 0));
    untilData(400 * MS, new ArrayList<>());
    assertThat(app.call.completion()).isNull();
  }

  private static List<App> calls(Pipe pipe, int n) {
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      App a = pipe.open();
      a.write(Pipe.bytes(10), true, pipe.now);
      apps.add(a);
    }
    return apps;
  }

  private static long ok(List<App> apps) {
    return apps.stream().filter(a -> a.call.completion() != null && a.ok()).count();
  }

  @Test
  void theEndOfACallLetsARefusedOneAskAtOnce() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.SERVICE_CALLS, 1));
    List<App> apps = calls(pipe, 200);
    long start = pipe.now;
    pipe.pass(1000 * MS);
    assertThat(ok(apps)).isEqualTo(200);
    long asked = pipe.client.count(Packet::isData);
    assertThat(asked).isLessThan(3 * 200);
    assertThat(pipe.now - start).isEqualTo(1000 * MS);
  }

  @Test
  void whileTheServerTakesOthersItIsNotGivenUp() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.SERVICE_CALLS, 1));
    pipe.server.handler = a -> {};
    List<App> apps = calls(pipe, 12);
    for (int i = 0; i < 12; i++) {
      pipe.pass(4000 * MS);
      assertThat(pipe.server.served).hasSize(i + 1);
      pipe.server.echo(pipe.server.served.getLast());
    }
    pipe.pass(4000 * MS);
    assertThat(ok(apps)).isEqualTo(12);
  }

  @Test
  void howeverManyAreRefusedFewAskAtATimeAndAllEnd() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.SERVICE_CALLS, 1));
    pipe.server.handler = a -> {};
    List<App> apps = calls(pipe, 1000);
    pipe.settle();
    int first = pipe.client.count(Packet::isData);
    pipe.pass(10_000 * MS);
    assertThat(pipe.client.count(Packet::isData) - first).isBetween(500, 1100);
    pipe.pass(11_000 * MS);
    assertThat(apps.stream().skip(1).map(a -> a.completion().kind()))
        .containsOnly(Completion.Kind.BUSY);
    assertThat(apps.getFirst().call.completion()).isNull();
  }

  @Test
  void aCallThatEndsWhileItWaitsForItsTurnLeavesNothing() {
    Pipe pipe = new Pipe(Tunables.defaults().with(Tunable.SERVICE_CALLS, 1));
    pipe.server.handler = a -> {};
    List<App> apps = calls(pipe, 4);
    pipe.settle();
    apps.forEach(a -> a.release(pipe.now));
    pipe.pass(1_300_000 * MS);
    pipe.assertNothingLeft();
  }
}
