// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.engine.policy.PathWindow;
import io.rxrpc.engine.policy.RttEstimator;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a call works with serves the next call, and nothing of the one before is left in it. */
class CallGearTest {
  private final Pipe pipe = new Pipe();

  private App open() {
    App app = pipe.open();
    app.write(new byte[] {1, 2, 3}, true, pipe.now);
    return app;
  }

  private App ended() {
    App app = open();
    pipe.settle();
    assertThat(app.ok()).isTrue();
    return app;
  }

  @Test
  void usedAgainItIsAsNew() throws IllegalAccessException {
    Tunables tunables = Tunables.defaults();
    EngineContext context =
        new EngineContext(tunables, new Random(1), new BufferPool(Arena.ofAuto(), 1 << 20), 0);
    PathWindow path = PathWindow.of(tunables, Joining.NEVER);
    MtuSearch mtu = new MtuSearch(1440, 1440);
    RttEstimator rtt = new RttEstimator(RttEstimator.Limits.of(tunables));
    for (boolean client : new boolean[] {true, false}) {
      Reach reach =
          client ? null : new Reach(new Reach.Rules(context.pool, context.counters, 1, 4), false);
      CallGear used = context.gears.take(path, rtt);
      assertThat(Spoiled.spoil(used)).isGreaterThan(80);
      used.life.again(!client, 1, 2, 3);
      used.begin(path, mtu, rtt, 16, reach, CallState.SERVER_RECV_REQUEST);
      CallGear fresh =
          new CallGears(tunables, context.tuning, context.pool, context.counters).take(path, rtt);
      fresh.life.again(!client, 1, 2, 3);
      fresh.begin(path, mtu, rtt, 16, reach, CallState.SERVER_RECV_REQUEST);
      assertThat(Spoiled.differences(used, fresh)).isEmpty();
    }
  }

  @Test
  void aCallThatWaitsForAChannelNeedsNone() {
    Pipe narrow = new Pipe(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 1));
    CallGear gone = narrow.client.endpoint.context.gears.gone();
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      App app = narrow.open();
      app.call.patience(5_000 * Pipe.MS, 0);
      app.write(Pipe.bytes(100 + i), true, narrow.now);
      apps.add(app);
    }
    assertThat(apps.get(3).call.gear).isNotSameAs(gone);
    assertThat(apps.get(4).call.gear).isSameAs(gone);
    assertThat(apps.get(4).call.silence(narrow.now + 3)).isEqualTo(3);
    App tooMuch = narrow.open();
    tooMuch.call.abort(-5, narrow.now);
    tooMuch.release(narrow.now);
    narrow.settle();
    for (int i = 0; i < 7; i++) {
      assertThat(apps.get(i).ok()).isTrue();
      assertThat(apps.get(i).bytes()).isEqualTo(Pipe.bytes(100 + i));
    }
  }

  @Test
  void whatAWaitingCallIsToldHoldsWhenItHasAChannel() {
    Pipe narrow = new Pipe(Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 1));
    App first = narrow.open();
    for (int i = 1; i < 4; i++) {
      narrow.open();
    }
    App fifth = narrow.open();
    fifth.call.patience(2_000 * Pipe.MS, 0);
    fifth.write(new byte[] {1}, true, narrow.now);
    assertThat(fifth.call.cid()).isZero();
    narrow.server.loses = p -> true;
    first.call.abort(-5, narrow.now);
    assertThat(fifth.call.cid()).isNotZero();
    narrow.pass(1_900 * Pipe.MS);
    assertThat(fifth.call.completion()).isNull();
    narrow.pass(200 * Pipe.MS);
    assertThat(fifth.completion().errno()).isEqualTo(Errno.ETIME.number());
  }

  @Test
  void theNextCallTakesWhatTheLastOneHasLeft() {
    App first = ended();
    CallGear gear = first.call.gear;
    first.release(pipe.now);
    assertThat(first.call.gear).as("its host may be at it").isSameAs(gear);
    pipe.client.events();
    App second = open();
    assertThat(second.call.gear).isSameAs(gear);
    assertThat(first.call.gear).isNotSameAs(gear);
    pipe.settle();
    assertThat(second.ok()).isTrue();
    assertThat(second.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void lateWordsToACallThatIsOverDoNotReachTheNext() {
    App first = ended();
    int received = first.call.received();
    first.release(pipe.now);
    pipe.client.events();
    long heard = pipe.now;
    App second = open();
    pipe.now += 10;
    first.call.abort(-5, pipe.now);
    first.call.limit(pipe.now - 1);
    first.call.patience(1, 1);
    first.call.keepAlive();
    assertThat(first.call.ping(pipe.now)).isZero();
    first.call.release(pipe.now);
    first.reader.close(pipe.now);
    first.writer.close();
    assertThat(first.reader.fetch()).isFalse();
    assertThat(first.reader.ended()).isTrue();
    assertThat(first.writer.grant(10, pipe.now)).isFalse();
    assertThat(first.call.received()).isEqualTo(received).isEqualTo(1);
    assertThat(first.call.wholeReceived()).isTrue();
    assertThat(first.call.silence(heard)).isBetween(0L, 1_000_000_000L);
    pipe.client.endpoint.timeout(pipe.now);
    pipe.settle();
    assertThat(second.ok()).isTrue();
    assertThat(second.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsStillReadIsNotTaken() {
    App first = open();
    first.reads = false;
    pipe.settle();
    assertThat(first.ok()).isTrue();
    assertThat(first.reader.fetch()).isTrue(); // a thread copies without the lock
    CallGear gear = first.call.gear;
    first.call.release(pipe.now);
    pipe.client.events();
    assertThat(first.call.gear).isSameAs(gear);
    App second = open();
    assertThat(second.call.gear).isNotSameAs(gear);
    first.reader.close(pipe.now);
    pipe.client.events();
    assertThat(first.call.gear).isNotSameAs(gear);
    App third = open();
    assertThat(third.call.gear).isSameAs(gear);
  }

  @Test
  void aServedCallGivesItBackWhenItsReplyIsAcked() {
    pipe.client.loses = Packet::isAck;
    App first = ended();
    App served = pipe.server.served.getFirst();
    CallGear gear = served.call.gear;
    CallGear gone = pipe.server.endpoint.context.gears.gone();
    assertThat(gear).isNotSameAs(gone);
    first.release(pipe.now);
    ended(); // its request acks the reply of the first
    assertThat(served.completion().ok()).isTrue();
    assertThat(served.call.gear).isSameAs(gone);
  }
}
