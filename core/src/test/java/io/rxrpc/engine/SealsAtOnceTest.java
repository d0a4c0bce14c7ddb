// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A security class is given as many packets at once as it likes, where they are at hand. */
class SealsAtOnceTest {
  private static final int BYTES = 3_000_000;

  private final TestSecurity security = new TestSecurity(false);

  private void send(Tunables tunables) {
    Pipe pipe = new Pipe(tunables, security);
    pipe.server.handler = a -> {};
    App app = pipe.open(Pipe.SERVICE, security);
    app.write(Pipe.bytes(BYTES), true, pipe.now);
    pipe.settle();
    assertThat(pipe.server.served.getFirst().bytes()).isEqualTo(Pipe.bytes(BYTES));
  }

  private List<Integer> lastRuns() {
    return security.runs.subList(security.runs.size() / 2, security.runs.size() - 1);
  }

  @Test
  void fewUnlessItLikesMore() {
    send(Tunables.defaults());
    assertThat(security.runs).contains(6).allSatisfy(n -> assertThat(n).isBetween(1, 6));
  }

  @Test
  void aWholeBlockWhenItLikesMany() {
    security.atOnce = 64;
    send(Tunables.defaults());
    assertThat(security.runs).contains(45);
  }

  @Test
  void neitherNoneNorMoreThanItMaySay() {
    security.atOnce = 0;
    send(Tunables.defaults());
    assertThat(security.runs).containsOnly(1);
  }

  @Test
  void smallPacketsLieCloseWhereThePathWouldTakeLargeOnes() {
    security.atOnce = 64;
    security.most = 1_392;
    send(
        Tunables.defaults()
            .with(Tunable.MAX_DATA, 16_356)
            .with(Tunable.INTERFACE_MTU, 16_384)
            .with(Tunable.RX_MTU, 16_384));
    assertThat(lastRuns()).contains(45);
    assertThat(lastRuns().stream().mapToInt(n -> n).average().orElseThrow()).isGreaterThan(20);
  }
}
