// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Counter;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.testkit.SimHandler.Answer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AbortCodes;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that is killed at any step of a call and started again on the same address. */
@Tag("long")
class ClientRestartTest {
  private static final InetSocketAddress CLIENT = SimAddress.of(1, 7001);
  private static final InetSocketAddress SERVER = SimAddress.of(2, 7003);
  private static final int SERVICE = 52;
  private static final ToySecurity TOY = new ToySecurity(4711);
  private static final Tunables DEFAULTS = Tunables.defaults();
  private static final long DEAD_TIME = DEFAULTS.get(Tunable.DEAD_TIME);

  /** More than any of the server's tables remembers. */
  private static final long FORGOTTEN =
      DEFAULTS.get(Tunable.SERVICE_IDLE_EXPIRY) + DEFAULTS.get(Tunable.PEER_EXPIRY) + ms(1000);

  /** How the client comes back. */
  enum Return {
    /** At once. */
    AT_ONCE,
    /** After a second in which its port was closed, and ICMP said so. */
    AFTER_A_CLOSED_PORT,
    /** After a second in which nobody said anything. */
    AFTER_SILENCE
  }

  /** A client, a server, and a call of each of the client's two lives. */
  private static final class Story {
    final SimNet net = SimNet.seeded(3).links(o -> o.latency(ms(10)));
    final SimEndpoint server = new SimEndpoint(net, SERVER, DEFAULTS, 1);
    final ClientSecurity security;
    SimEndpoint client = new SimEndpoint(net, CLIENT, DEFAULTS, 2);
    int delivered;

    Story(ClientSecurity security) {
      this.security = security;
      List<ServerSecurity> securities = List.of(NullSecurity.INSTANCE, TOY);
      // the reply is what was asked, behind as many other bytes
      server.serve(
          SERVICE, securities, () -> request -> new Answer(reply(request), 0, ms(30), Pace.FAST));
      net.tap(
          new NetTap() {
            @Override
            public void sent(long now, Datagram d, @Nullable Fault fault) {}

            @Override
            public void delivered(long now, Datagram d) {
              delivered++;
            }
          });
    }

    SimCall call(byte[] request) {
      return client.call(SERVER, SERVICE, security, request, reply(request), Pace.FAST, c -> {});
    }

    /** The client is no more, and another is there; the old call never ends. */
    void restart(Return how) {
      client.vanish();
      if (how == Return.AFTER_SILENCE) {
        net.links(o -> o.cut(true));
      }
      if (how != Return.AT_ONCE) {
        net.runFor(ms(1000));
        net.links(o -> o.cut(false));
      }
      client = new SimEndpoint(net, CLIENT, DEFAULTS, 3);
    }

    Endpoint engine() {
      return server.engine();
    }
  }

  private static byte[] bytes(int n, int seed) {
    byte[] bytes = new byte[n];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] reply(byte[] request) {
    byte[] reply = new byte[2 * request.length];
    System.arraycopy(request, 0, reply, request.length, request.length);
    return reply;
  }

  /** Datagrams of a whole call, the final ACK too. */
  private static int steps(ClientSecurity security) {
    Story story = new Story(security);
    SimCall call = story.call(bytes(9000, 1));
    story.net.runUntil(call::isComplete);
    story.net.runFor(ms(1000));
    return story.delivered;
  }

  private static void atEveryStep(ClientSecurity security, Return how) {
    int steps = steps(security);
    assertThat(steps).isGreaterThan(20);
    for (int step = 1; step <= steps; step++) {
      Story story = new Story(security);
      int until = step;
      story.call(bytes(9000, 1));
      story.net.runUntil(() -> story.delivered >= until);
      story.restart(how);
      long begin = story.net.now();

      // the new life: a call of its own, with other data, as fast as if there had been none before
      SimCall next = story.call(bytes(9000, 2));
      story.net.runUntil(next::isComplete);
      assertThat(next.ok()).as("step %d: %s", step, next.outcome()).isTrue();
      assertThat(story.net.now() - begin).as("step %d", step).isLessThan(ms(500));

      // the old one: nobody is asked about it for longer than the document says
      story.net.runFor(DEAD_TIME + ms(1000));
      assertThat(story.engine().liveCalls()).as("calls at step %d", step).isZero();
      assertThat(story.server.pool().outstanding()).as("memory at step %d", step).isZero();
      assertThat(story.engine().counters().get(Counter.CALLS_FAILED)).isLessThanOrEqualTo(1);
      story.net.runFor(FORGOTTEN);
      assertThat(story.engine().serviceConnections()).as("step %d", step).isZero();
      assertThat(story.engine().peerCount()).as("step %d", step).isZero();
      story.client.close(AbortCodes.RX_CALL_DEAD);
      story.server.close(AbortCodes.RX_CALL_DEAD);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R-41")
  void withoutSecurity(Return how) {
    atEveryStep(NullSecurity.INSTANCE, how);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R-41")
  void withAChallenge(Return how) {
    atEveryStep(TOY, how);
  }

  /** The calls of the first life are silent; the path to the second one is as good as before. */
  @Test
  void whatTheFirstLifeDoesNotAckSaysNothingOfThePath() {
    Story story = new Story(NullSecurity.INSTANCE);
    for (int i = 0; i < 4; i++) {
      story.call(bytes(200_000, i));
    }
    story.net.runFor(ms(150));
    assertThat(story.engine().liveCalls()).isEqualTo(4);
    story.restart(Return.AT_ONCE);
    for (int i = 0; i < 10; i++) {
      long begin = story.net.now();
      SimCall call = story.call(bytes(200_000, i));
      story.net.runUntil(call::isComplete);
      assertThat(call.ok()).isTrue();
      // the first ones share the path with what the server has sent and will send once more
      assertThat(story.net.now() - begin).as("call %d", i).isLessThan(i < 4 ? ms(500) : ms(80));
    }
    story.net.runFor(ms(100));
    assertThat(story.engine().liveCalls()).as("calls of the first life").isEqualTo(4);
    assertThat(story.engine().counters().get(Counter.MTU_BLACK_HOLES)).isZero();
  }

  /** The same in one life, where no epoch tells them apart: a network that drops some calls. */
  @Test
  void callsThatNobodyAnswersLeaveTheWindowToTheOthers() {
    Story story = new Story(NullSecurity.INSTANCE);
    Set<Integer> lost = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      story.call(bytes(200_000, i));
    }
    story.net.runFor(ms(150));
    story.net.drop(d -> lost.contains(d.cid()), Integer.MAX_VALUE);
    story.net.tap(
        new NetTap() {
          @Override
          public void sent(long now, Datagram d, @Nullable Fault fault) {}

          @Override
          public void delivered(long now, Datagram d) {
            if (d.callNumber() == 1 && story.net.elapsed() < ms(170)) {
              lost.add(d.cid());
            }
          }
        });
    story.net.runFor(ms(850));
    for (int i = 0; i < 10; i++) {
      long begin = story.net.now();
      SimCall call = story.call(bytes(200_000, i));
      story.net.runUntil(call::isComplete);
      assertThat(call.ok()).isTrue();
      assertThat(story.net.now() - begin).as("call %d", i).isLessThan(i < 4 ? ms(1000) : ms(200));
    }
    assertThat(lost).hasSize(4);
  }
}
