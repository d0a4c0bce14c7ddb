package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Flags;
import org.junit.jupiter.api.Test;

/** When a call's reader is woken: soon, but not for every few packets of a stream. */
class ReadPolicyTest {
  private static final long DELAY = 500;
  private static final int EVERY = 32;

  private final ReadPolicy policy = new ReadPolicy(DELAY, EVERY);

  @Test
  void theFirstPacketIsToldAtOnce() {
    assertThat(policy.arrived(7, 1, true)).isTrue();
    assertThat(policy.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatFollowsSoonIsGathered() {
    policy.arrived(1000, 1, true);
    assertThat(policy.arrived(1100, 8, true)).isFalse();
    assertThat(policy.arrived(1400, 16, true)).isFalse();
    assertThat(policy.deadline()).as("counted from what was told").isEqualTo(1000 + DELAY);
    assertThat(policy.expire(1499)).isFalse();
    assertThat(policy.expire(1500)).isTrue();
    assertThat(policy.deadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(policy.expire(5000)).as("once").isFalse();
    assertThat(policy.arrived(1600, 1, true)).isFalse();
  }

  @Test
  void manyPacketsAreToldAtOnce() {
    policy.arrived(1000, 1, true);
    assertThat(policy.arrived(1001, EVERY - 1, true)).isFalse();
    assertThat(policy.arrived(1002, EVERY, true)).isTrue();
    assertThat(policy.deadline()).as("nothing is left to tell").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aSenderThatHasNoMoreIsNotWaitedFor() {
    policy.arrived(1000, 1, true);
    assertThat(policy.arrived(1001, 2, false)).isTrue();
    assertThat(policy.arrived(1002, 3, false)).as("as often as that").isTrue();
  }

  @Test
  void afterAPauseItIsAtOnceAgain() {
    policy.arrived(1000, 1, true);
    assertThat(policy.arrived(1000 + DELAY, 2, true)).isTrue();
  }

  @Test
  void withoutDelayEverythingIsToldAtOnce() {
    ReadPolicy eager = new ReadPolicy(0, EVERY);
    assertThat(eager.arrived(1000, 1, true)).isTrue();
    assertThat(eager.arrived(1000, 2, true)).isTrue();
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
}
