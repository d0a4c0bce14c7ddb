// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.RxrpcAddress;
import io.rxrpc.driver.EndpointDriver;
import io.rxrpc.driver.SteppedNet;
import io.rxrpc.socket.SteppedPair.Level;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call that ever had a tag ends with exactly one terminal message, unless the application
 * ends it itself: whatever packets are damaged, lost, doubled or late, in whatever state. Whole
 * lives of two sockets in time of their own, each from a seed.
 *
 * <pre>
 * -Drxrpc.tags.calls=100000  so many calls in all, over the four levels
 * -Drxrpc.tags.seed=N        begins with that seed; one life is 1000 calls, 250 a level
 * </pre>
 */
@Tag("long")
class TagEndsTest {
  private static final int CALLS = Integer.getInteger("rxrpc.tags.calls", 10_000);
  private static final long SEED = Long.getLong("rxrpc.tags.seed", 1);
  private static final int LEVELS = Level.values().length;
  private static final int LIFE = 250;

  /** Longer than whatever a silent peer, a hopeless handshake or a busy server may take. */
  private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

  /** Turns of the applications in which nothing is on its way or awaited. */
  private static final int IDLE = 1000;

  private static int damaged;
  private static int ended;

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("each tag ends exactly once, none hangs, whatever packet is damaged")
  void everyTagEndsOnce(Level level) {
    damaged = 0;
    ended = 0;
    for (int life = 0; life * LIFE * LEVELS < CALLS; life++) {
      long seed = SEED + life;
      try {
        live(level, seed);
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError(
            "level "
                + level
                + ", seed "
                + seed
                + ": "
                + e.getMessage()
                + "\nreplay: ./build -q test -pl core -am -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest=TagEndsTest -Drxrpc.tags.calls=1 -Drxrpc.tags.seed="
                + seed,
            e);
      }
    }
    System.out.println(
        "TagEndsTest " + level + ": " + ended + " tags ended, " + damaged + " packets damaged");
    assertThat(damaged).as("packets that something was done to").isPositive();
  }

  private static void live(Level level, long seed) throws IOException {
    Random random = new Random(seed);
    Damage damage = new Damage(random, random.nextInt(120), random.nextInt(400));
    SteppedNet net = new SteppedNet(random, damage);
    SteppedSockets sockets = new SteppedSockets(net);
    try (RxrpcSocket one = open(sockets, level, random);
        RxrpcSocket two = open(sockets, level, random)) {
      TagUser a = new TagUser(one, address(two), random, LIFE / 2);
      TagUser b = new TagUser(two, address(one), random, LIFE - LIFE / 2);
      boolean breaks = random.nextInt(8) == 0;
      run(net, a, b, breaks ? random.nextInt(LIFE) : Integer.MAX_VALUE);
      ended += a.ended() + b.ended();
      if (!breaks) {
        b.shutdown();
      }
      a.shutdown();
      nothingIsLeft(net, one);
      nothingIsLeft(net, two);
    }
    damaged += damage.done();
  }

  private static RxrpcAddress address(RxrpcSocket s) throws IOException {
    return new RxrpcAddress(Sockets.address(s).transport(), Sockets.SERVICE);
  }

  private static RxrpcSocket open(SteppedSockets sockets, Level level, Random random)
      throws IOException {
    RxrpcSocket s = SteppedPair.open(sockets, level, random);
    s.bind(RxrpcAddress.of("127.0.0.1", 0, Sockets.SERVICE));
    s.listen(100);
    return s;
  }

  private static void run(SteppedNet net, TagUser a, TagUser b, int breakAt) throws IOException {
    long progress = net.now();
    int before = 0;
    boolean broken = false;
    int idle = 0;
    while (!a.isDone() || !b.isDone()) {
      a.act();
      b.act();
      net.settle();
      int now = a.ended() + b.ended();
      if (!broken && now >= breakAt) {
        broken = true;
        b.shutdown();
      }
      if (now != before) {
        before = now;
        progress = net.now();
      }
      idle = net.advance() ? 0 : idle + 1;
      if (net.now() - progress > PATIENCE || idle > IDLE) {
        throw new AssertionError("tags hang: " + a.open() + "; " + b.open());
      }
    }
  }

  private static void nothingIsLeft(SteppedNet net, RxrpcSocket s) throws IOException {
    EndpointDriver driver = SocketAccess.table(s).driver;
    long until = net.now() + PATIENCE;
    // calls that had no tag yet may still wait for a RESPONSE
    while (driver.status().liveCalls() > 0 && net.now() < until && net.advance()) {
      net.settle();
    }
    assertThat(driver.status().liveCalls()).as("live calls").isZero();
    assertThat(SocketAccess.table(s).inbox.isEmpty()).as("no message waits").isTrue();
  }
}
