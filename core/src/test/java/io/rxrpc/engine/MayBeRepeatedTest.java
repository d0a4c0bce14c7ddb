// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Header;
import org.junit.jupiter.api.Test;

/** What a security class that changes its key asks: may packets with the old key still go out? */
class MayBeRepeatedTest {
  private final TestSecurity security = new TestSecurity(true);
  private final Pipe pipe = new Pipe(Tunables.defaults(), security);

  private App open(int bytes, boolean whole) {
    App app = pipe.open(Pipe.SERVICE, security);
    app.write(Pipe.bytes(bytes), whole, pipe.now);
    return app;
  }

  private static boolean mayBeRepeated(App asks, App of, int seq) {
    return asks.call.mayBeRepeated(of.call.cid() & Header.CHANNEL_MASK, of.call.number(), seq);
  }

  @Test
  void untilItIsHardAckedWhoeverAsks() {
    open(10, true);
    pipe.settle();
    App app = open(20_000, false);
    App beside = open(10, false);
    pipe.settle();
    assertThat(beside.call.cid() & ~3).as("one connection").isEqualTo(app.call.cid() & ~3);
    assertThat(beside.call.cid()).as("two channels").isNotEqualTo(app.call.cid());
    int acked = app.call.gear.tx.hardAcked();
    assertThat(acked).isGreaterThan(3);
    pipe.client.loses = p -> true;
    app.write(Pipe.bytes(60_000), false, pipe.now);
    pipe.settle();
    assertThat(app.call.gear.tx.top()).isGreaterThan(acked + 3);
    for (App asks : new App[] {app, beside}) {
      for (int seq = 1; seq <= app.call.gear.tx.top(); seq++) {
        assertThat(mayBeRepeated(asks, app, seq)).as("packet %d", seq).isEqualTo(seq > acked);
      }
    }
    pipe.client.loses = p -> false;
    pipe.pass(5_000 * Pipe.MS);
    int now = app.call.gear.tx.hardAcked();
    assertThat(now).isGreaterThan(acked);
    assertThat(mayBeRepeated(beside, app, now)).isFalse();
    assertThat(mayBeRepeated(beside, app, now + 1)).as("one that is not sealed yet").isTrue();
  }

  @Test
  void nothingOfACallThatIsOver() {
    App first = open(10, true);
    pipe.settle();
    App beside = open(10, false);
    App again = open(10, false);
    pipe.settle();
    int channel = first.call.cid() & Header.CHANNEL_MASK;
    assertThat(first.completion()).isEqualTo(Completion.SUCCESS);
    for (int seq : new int[] {1, 2, 1000, Integer.MAX_VALUE}) {
      assertThat(beside.call.mayBeRepeated(channel, 1, seq)).isFalse();
    }
    again.call.abort(4711, pipe.now);
    assertThat(mayBeRepeated(beside, again, 1000)).as("an aborted call").isFalse();
    assertThat(
            beside.call.mayBeRepeated(
                again.call.cid() & Header.CHANNEL_MASK, again.call.number() + 1, 1))
        .as("the next call of that channel")
        .isTrue();
  }

  /** A call that is rejected gives its number back: the next one with it is another. */
  @Test
  void aRejectedCallsNumberBeginsAnew() {
    Channel channel = new Channel(null, 2);
    channel.callNumber = 7;
    channel.settled(7, 3);
    channel.endedBadly(0);
    channel.forgetLast();
    assertThat(channel.mayBeRepeated(6, 1000)).isFalse();
    assertThat(channel.mayBeRepeated(7, 1)).isTrue();
  }
}
