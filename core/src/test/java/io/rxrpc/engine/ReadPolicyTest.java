// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.ReadPolicy;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a call's reader is woken: soon, but not for every few packets of a stream. */
class ReadPolicyTest {
  private static final long DELAY = 500;
  private static final int EVERY = 32;
  private static final int WINDOW = 255;

  private final ReadPolicy policy = new ReadPolicy(DELAY, EVERY);

  @Test
  void theFirstPacketIsToldAtOnce() {
    assertThat(policy.arrived(7, 1, WINDOW, true)).isTrue();
    assertThat(policy.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatFollowsSoonIsGathered() {
    policy.arrived(1000, 1, WINDOW, true);
    assertThat(policy.arrived(1100, 8, WINDOW, true)).isFalse();
    assertThat(policy.arrived(1400, 16, WINDOW, true)).isFalse();
    assertThat(policy.deadline()).as("counted from what was told").isEqualTo(1000 + DELAY);
    assertThat(policy.expire(1499)).isFalse();
    assertThat(policy.expire(1500)).isTrue();
    assertThat(policy.deadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(policy.expire(5000)).as("once").isFalse();
    assertThat(policy.arrived(1600, 1, WINDOW, true)).isFalse();
  }

  @Test
  void manyPacketsAreToldAtOnce() {
    policy.arrived(1000, 1, WINDOW, true);
    assertThat(policy.arrived(1001, EVERY - 1, WINDOW, true)).isFalse();
    assertThat(policy.arrived(1002, EVERY, WINDOW, true)).isTrue();
    assertThat(policy.deadline()).as("nothing is left to tell").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void halfOfASmallWindowIsMany() {
    policy.arrived(1000, 1, 16, true);
    assertThat(policy.arrived(1001, 7, 16, true)).isFalse();
    assertThat(policy.arrived(1002, 8, 16, true)).isTrue();
    assertThat(policy.arrived(1003, 1, 1, true)).isTrue();
  }

  @Test
  void whatHasWaitedBehindAHoleIsToldAtOnce() {
    policy.arrived(1000, 1, WINDOW, true);
    policy.filledHole();
    assertThat(policy.arrived(1001, 5, WINDOW, true)).isTrue();
    assertThat(policy.arrived(1002, 6, WINDOW, true)).as("once").isFalse();
  }

  @Test
  void whatHasBeenReadIsNotTold() {
    policy.arrived(1000, 1, WINDOW, true);
    policy.arrived(1001, 2, WINDOW, true);
    policy.settled();
    assertThat(policy.deadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(policy.expire(2000)).isFalse();
  }

  @Test
  void aSenderThatHasNoMoreIsNotWaitedFor() {
    policy.arrived(1000, 1, WINDOW, true);
    assertThat(policy.arrived(1001, 2, WINDOW, false)).isTrue();
    assertThat(policy.arrived(1002, 3, WINDOW, false)).as("as often as that").isTrue();
  }

  @Test
  void afterAPauseItIsAtOnceAgain() {
    policy.arrived(1000, 1, WINDOW, true);
    assertThat(policy.arrived(1000 + DELAY, 2, WINDOW, true)).isTrue();
  }

  @Test
  void withoutDelayEverythingIsToldAtOnce() {
    ReadPolicy eager = new ReadPolicy(0, EVERY);
    assertThat(eager.arrived(1000, 1, WINDOW, true)).isTrue();
    assertThat(eager.arrived(1000, 2, WINDOW, true)).isTrue();
  }

  @Test
  void aCallTellsOfAStreamSeldomAndOfItsEndAtOnce() {
    Bench bench = new Bench();
    bench.feed(bench.data(1, 1, Flags.MORE_PACKETS, 10));
    App app = bench.served.getFirst();
    assertThat(app.bytes()).hasSize(10);
    app.events = 0;
    bench.feed(bench.data(1, 2, Flags.MORE_PACKETS, 10));
    bench.feed(bench.data(1, 3, Flags.MORE_PACKETS, 10));
    assertThat(app.received(Call.READABLE)).as("a little later").isFalse();
    bench.sentWithin(Bench.MS);
    assertThat(app.received(Call.READABLE)).isTrue();
    app.events = 0;
    bench.feed(bench.data(1, 4, Flags.MORE_PACKETS, 10));
    bench.feed(bench.data(1, 5, Flags.LAST_PACKET, 10));
    assertThat(app.received(Call.READABLE)).as("the end").isTrue();
    assertThat(app.bytes()).hasSize(50);
  }

  @Test
  void aWindowThatClosesIsToldInTime() {
    Bench bench = new Bench(Tunables.defaults().with(Tunable.RX_WINDOW, 8));
    bench.feed(bench.data(1, 1, Flags.MORE_PACKETS, 10));
    App app = bench.served.getFirst();
    for (int seq = 2; seq <= 16; seq++) {
      bench.feed(bench.data(1, seq, Flags.MORE_PACKETS, 10));
    }
    assertThat(app.bytes().length).as("the sender could not go on else").isGreaterThan(120);
  }

  @Test
  void whoReadsOfHimselfIsNotToldAgain() {
    Bench bench = new Bench();
    bench.feed(bench.data(1, 1, Flags.MORE_PACKETS, 10));
    App app = bench.served.getFirst();
    bench.feed(bench.data(1, 2, Flags.MORE_PACKETS, 10));
    app.run(bench.now);
    assertThat(app.bytes()).hasSize(20);
    app.events = 0;
    bench.sentWithin(Bench.MS);
    assertThat(app.received(Call.READABLE)).isFalse();
  }

  @Test
  void ourPacketThatFillsTheWindowDoesNotPromiseMore() {
    Bench bench = new Bench();
    App app = bench.open();
    bench.events();
    app.write(Pipe.bytes(60_000), true, bench.now);
    List<Packet> sent = bench.sent();
    assertThat(sent).hasSize(10); // the initial congestion window: an ACK lets it go on
    assertThat(sent.getLast().flags() & Flags.MORE_PACKETS).isNotZero();
    sent = bench.feed(bench.ackTo(app, 0, 11, sent.getLast().serial(), AckReason.REQUESTED, 12));
    assertThat(sent).hasSize(12); // the peer's window: only its reader lets it go on
    assertThat(sent.get(10).flags() & Flags.MORE_PACKETS).isNotZero();
    assertThat(sent.getLast().flags() & Flags.MORE_PACKETS).isZero();
  }
}
