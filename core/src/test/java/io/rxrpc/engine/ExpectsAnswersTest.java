// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Flags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether an endpoint says that it may be worth while to look for the next packet. */
class ExpectsAnswersTest {
  private final Bench bench = new Bench();

  @Test
  void aClientThatHasAskedExpectsTheAnswer() {
    assertThat(bench.endpoint.expectsAnswers()).as("nobody is here").isFalse();
    App app = bench.open();
    bench.events();
    assertThat(bench.endpoint.expectsAnswers()).as("the request is written").isFalse();
    app.write(Pipe.bytes(10), true, bench.now);
    bench.sent();
    assertThat(bench.endpoint.expectsAnswers()).isTrue();
    bench.feed(bench.dataTo(app, 1, Flags.MORE_PACKETS, 10));
    assertThat(bench.endpoint.expectsAnswers()).as("a long reply").isFalse();
    bench.feed(bench.dataTo(app, 2, Flags.LAST_PACKET, 10));
    assertThat(app.ok()).isTrue();
    assertThat(bench.endpoint.expectsAnswers()).as("it is over").isFalse();
  }

  @Test
  void aServerThatHasAnsweredExpectsTheNextRequest() {
    bench.feed(bench.data(1, 1, Flags.MORE_PACKETS, 10));
    assertThat(bench.endpoint.expectsAnswers()).as("a long request").isFalse();
    bench.feed(bench.data(1, 2, Flags.LAST_PACKET, 10));
    assertThat(bench.endpoint.expectsAnswers()).as("the handler works").isTrue();
    bench.served.getFirst().write(Pipe.bytes(10), true, bench.now);
    bench.sent();
    assertThat(bench.endpoint.expectsAnswers()).isTrue();
  }

  @Test
  void aLongRequestIsUnderWayThoughAllOfItIsQueued() {
    App app = bench.open();
    bench.events();
    app.write(Pipe.bytes(100_000), true, bench.now);
    bench.sent();
    assertThat(app.call.state()).isEqualTo(CallState.CLIENT_AWAIT_REPLY);
    assertThat(bench.endpoint.expectsAnswers()).isFalse();
    app.call.abort(1, bench.now);
    assertThat(bench.endpoint.context.census.streams).isZero();
  }

  @Test
  void whereManyAreNobodyLooks() {
    List<App> apps = List.of(bench.open(), bench.open(), bench.open());
    bench.events();
    apps.forEach(app -> app.write(Pipe.bytes(10), true, bench.now));
    bench.sent();
    assertThat(bench.endpoint.expectsAnswers()).isFalse();
    apps.getFirst().call.abort(1, bench.now);
    assertThat(bench.endpoint.expectsAnswers()).isTrue();
  }
}
