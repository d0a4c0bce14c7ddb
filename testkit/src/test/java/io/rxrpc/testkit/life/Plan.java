// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.testkit.HeaderDamage;
import io.rxrpc.testkit.LinkOptions;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.peer.Habits;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.PacketType;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What a scenario and a seed make of a life: links, calls, and when what goes wrong. */
final class Plan {
  private final Scenario scenario;
  private final SplittableRandom random;
  private final long secret;
  private final boolean lossy;
  private final boolean secured;
  private final boolean bothWays;

  /** Whether the network is good enough for a Linux that bears little. */
  private boolean quick;

  private long quietAt;

  Plan(Scenario scenario, SplittableRandom random) {
    this.scenario = scenario;
    this.random = random;
    secret = random.nextLong();
    boolean sealed = scenario == Scenario.SEALED || scenario == Scenario.DAMAGED;
    secured = sealed || (scenario == Scenario.CLIENT_RESTART && random.nextBoolean());
    bothWays = random.nextInt(3) == 0;
    lossy = isLossy() || (scenario != Scenario.CALM_MIX && random.nextInt(3) > 0);
  }

  private boolean isLossy() {
    return scenario == Scenario.LOSSY_BULK
        || scenario == Scenario.LOPSIDED
        || scenario == Scenario.LOSSY_RPC
        || scenario == Scenario.SEALED;
  }

  Scenario scenario() {
    return scenario;
  }

  boolean secured() {
    return secured;
  }

  long secret() {
    return secret;
  }

  /** Whether the network lets every call succeed. */
  boolean mustSucceed() {
    return switch (scenario) {
      case CALM_MIX,
          LOSSY_BULK,
          LOSSY_RPC,
          NARROW,
          SMALL_MTU,
          SEALED,
          ABORTS,
          TIGHT,
          LOPSIDED,
          BLOATED,
          MTU_DROP,
          CLIENT_RESTART,
          CLOCKS,
          KERNEL ->
          true;
      case PARTITION, RESTART, RESTART_ANYWHERE, DAMAGED, ABSENT, HARSH -> false;
    };
  }

  Tunables tunables() {
    Tunables t =
        Tunables.defaults()
            .with(Tunable.BUFFER_BYTES, 8L << 20)
            .with(Tunable.FINAL_ACK_DELAY, ms(random.nextInt(3) * 20L))
            .with(Tunable.RX_WINDOW, 16L << random.nextInt(4))
            .with(Tunable.BUNDLE_CONNECTIONS, 1 + random.nextInt(4))
            .with(Tunable.CONGESTION_CONTROL, random.nextInt(3) == 0 ? 1 : 0)
            .with(Tunable.PACING_BURST, random.nextInt(4) == 0 ? 0 : 8 << random.nextInt(4));
    if (scenario == Scenario.TIGHT) {
      t = t.with(Tunable.BUFFER_BYTES, 1L << 20).with(Tunable.RX_WINDOW, 255);
    }
    if (lossy && scenario != Scenario.KERNEL) {
      // at 30 % loss each way a call may fail to get through for long: be patient
      t =
          t.with(Tunable.DEAD_TIME, ms(400_000))
              .with(Tunable.IDLE_DEAD_TIME, ms(400_000))
              .with(Tunable.CHALLENGE_TRIES, 500);
    }
    return t;
  }

  void links(SimNet net) {
    net.batching(random.nextBoolean());
    LinkOptions o = net.standard();
    o.latency(
        random.nextInt(4) == 0 ? ms(20 + random.nextInt(150)) : 50_000 + random.nextInt(5_000_000));
    o.jitter(random.nextInt(3) * ms(2));
    if (lossy) {
      double worst = isLossy() ? 0.3 : scenario == Scenario.KERNEL ? 0.05 : 0.1;
      o.loss(random.nextDouble() * worst);
      if (random.nextBoolean()) {
        o.reordering(random.nextDouble() * worst, ms(1 + random.nextInt(30)));
      }
      if (random.nextBoolean()) {
        o.duplication(random.nextDouble() * worst);
      }
      if (random.nextInt(3) == 0) {
        o.corruption(random.nextDouble() * 0.05);
      }
    }
    if (scenario == Scenario.HARSH || (random.nextInt(10) == 0 && mayBeNarrow())) {
      o.mtu(600 + random.nextInt(850), LinkOptions.TooBig.ICMP);
      o.rate(2_000_000L << random.nextInt(5), 6 + random.nextInt(40));
    }
    switch (scenario) {
      case BLOATED -> o.rate(1_000_000L << random.nextInt(4), 400 + random.nextInt(400));
      case NARROW -> o.rate(1_000_000L << random.nextInt(5), 6 + random.nextInt(40));
      case SMALL_MTU -> o.mtu(600 + random.nextInt(850), complaint());
      case KERNEL -> {
        // who is never asked for proof fails, as the only CHALLENGE there is may be lost: R-93
        o.spare(d -> d.type() == PacketType.CHALLENGE);
        quick = !lossy && o.latency() < ms(20);
      }
      case DAMAGED -> o.corruption(0.005 + random.nextDouble() * 0.03, HeaderDamage.INSTANCE);
      default -> {}
    }
  }

  private boolean mayBeNarrow() {
    return scenario != Scenario.CALM_MIX && scenario != Scenario.KERNEL;
  }

  /** In which time at most a server lets go what a client began that is no more. */
  long letGo(Tunables t, @Nullable Habits server) {
    long silence = server == null ? t.get(Tunable.DEAD_TIME) : server.deadTime();
    long unproven = t.get(Tunable.CHALLENGE_TRIES) * t.get(Tunable.CHALLENGE_RETRY);
    return Math.max(silence, secured ? unproven : 0);
  }

  /** When what was scheduled has happened. */
  long quietAt() {
    return quietAt;
  }

  private long by(long at) {
    quietAt = Math.max(quietAt, at);
    return at;
  }

  private LinkOptions.TooBig complaint() {
    return random.nextInt(3) == 0 ? LinkOptions.TooBig.BLACK_HOLE : LinkOptions.TooBig.ICMP;
  }

  /** Habits with the patience that the network needs. */
  @Nullable Habits habits(@Nullable Habits habits) {
    if (scenario == Scenario.KERNEL) {
      return habits != null && quick ? Habits.LINUX_250 : habits;
    }
    if (habits == null || scenario == Scenario.CALM_MIX) {
      return habits;
    }
    return habits.patient(lossy ? ms(400_000) : habits.deadTime());
  }

  /** How the client writes and reads: Linux is said to give up requests that pause. */
  Pace pace(Work work) {
    if (scenario != Scenario.KERNEL || random.nextBoolean()) {
      return Work.pace(random);
    }
    int chunk = Math.max(1, work.requestSize() / (1 + random.nextInt(4)));
    return new Pace(chunk, ms(100 + random.nextInt(900)), 65_536, 0);
  }

  /** Whether a call goes from the server to the client. */
  boolean reverse(Work work) {
    return bothWays && !restarts() && scenario != Scenario.CLIENT_RESTART && (work.id() & 8) != 0;
  }

  /** Whether the server forgets everything at some time. */
  boolean restarts() {
    return scenario == Scenario.RESTART
        || scenario == Scenario.RESTART_ANYWHERE
        || scenario == Scenario.HARSH;
  }

  int concurrency() {
    return 1 + random.nextInt(12);
  }

  /** How much faster than the network's a side's clock runs, in parts per million. */
  int clockRate() {
    return scenario == Scenario.CLOCKS ? random.nextInt(100_001) - 50_000 : 0;
  }

  long gap() {
    return random.nextInt(4) == 0 ? random.nextInt(50) * ms(1) : 0;
  }

  void works(Calls calls) {
    boolean bulk =
        scenario == Scenario.LOSSY_BULK
            || scenario == Scenario.TIGHT
            || scenario == Scenario.MTU_DROP
            || random.nextInt(4) == 0;
    int n =
        scenario == Scenario.TIGHT ? 12 : bulk ? 2 + random.nextInt(5) : 20 + random.nextInt(40);
    for (int i = 0; i < n; i++) {
      calls.plan(work(bulk));
    }
  }

  private Work work(boolean bulk) {
    long id = random.nextLong();
    int request = Work.HEAD + size(bulk);
    int reply = size(bulk);
    long think = random.nextInt(5) == 0 ? ms(random.nextInt(400)) : 0;
    Work.Kind kind = Work.Kind.NORMAL;
    int code = 0;
    if ((scenario == Scenario.ABORTS || scenario == Scenario.HARSH) && random.nextInt(3) == 0) {
      kind = Work.Kind.values()[1 + random.nextInt(4)];
      code = 1 + random.nextInt(1000);
      think = ms(random.nextInt(100));
    }
    return new Work(id, kind, request, reply, think, code);
  }

  private int size(boolean bulk) {
    return switch (random.nextInt(bulk ? 6 : 12)) {
      case 0 -> random.nextInt(64);
      case 1, 2 -> random.nextInt(30_000);
      case 3, 4 -> bulk ? random.nextInt(300_000) : random.nextInt(2000);
      case 5 -> bulk ? random.nextInt(100_000) : 1412 * random.nextInt(5);
      default -> random.nextInt(1500);
    };
  }

  boolean toNobody(Work work) {
    return scenario == Scenario.ABSENT && Math.floorMod(work.id(), 4) == 0;
  }

  /** Puts what goes wrong at a time on the net. */
  void schedule(Cast cast, SimNet net) {
    if (scenario == Scenario.PARTITION || scenario == Scenario.HARSH) {
      long from = net.now() + ms(random.nextInt(400));
      long length = random.nextInt(3) == 0 ? ms(30_000) : ms(random.nextInt(3000));
      net.at(from, () -> cast.cut(true));
      net.at(by(from + length), () -> cast.cut(false));
    }
    if (scenario == Scenario.LOPSIDED) {
      cast.lopsided(random.nextBoolean(), 0.02 + random.nextDouble() * 0.2, random.nextInt(80));
    }
    if (scenario == Scenario.MTU_DROP) {
      int least = 600 + random.nextInt(800);
      LinkOptions.TooBig what = complaint();
      net.at(by(net.now() + ms(random.nextInt(300))), () -> net.links(o -> o.mtu(least, what)));
      if (random.nextBoolean()) {
        long again = net.now() + ms(300 + random.nextInt(3000));
        net.at(by(again), () -> net.links(o -> o.mtu(1500, LinkOptions.TooBig.ICMP)));
      }
    }
    if (scenario == Scenario.RESTART_ANYWHERE) {
      // after so many datagrams, so that each step of a call has its turn
      cast.restartAfter(1 + random.nextInt(90));
    }
    if (scenario == Scenario.CLIENT_RESTART) {
      cast.restartClientAfter(1 + random.nextInt(90), random.nextInt(3));
    }
    if (scenario == Scenario.RESTART || scenario == Scenario.HARSH) {
      net.at(by(net.now() + ms(5 + random.nextInt(400))), cast::restart);
    }
  }
}
