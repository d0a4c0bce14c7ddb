// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Counter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path of 100 Mbit/s and 20 ms with a queue of one bandwidth-delay product. */
@Tag("long")
class PathTest {

  @Test
  void newRenoIsAsFastAsMathisSaysAtOnePercentLoss() {
    Path path = Path.of(20, 0.01, 0);
    double share = PathRun.mean(path, 20, 60) / path.mathisBound();
    System.out.printf("NewReno at 1 %% loss: %.0f %% of the Mathis bound%n", share * 100);
    assertThat(share).isBetween(0.8, 1.5);
  }

  @Test
  void cubicIsNotSlowerThanHalfOfThat() {
    Path path = Path.of(20, 0.01, 1);
    double share = PathRun.mean(path, 20, 60) / path.mathisBound();
    System.out.printf("CUBIC at 1 %% loss: %.0f %% of the Mathis bound%n", share * 100);
    assertThat(share).isBetween(0.5, 2.0);
  }

  @ParameterizedTest(name = "rtt {0} ms, congestion control {1}")
  @CsvSource({"20, 0", "20, 1", "100, 0"})
  void withoutLossTheRateOrTheWindowIsReached(double rtt, int congestion) {
    Path path = Path.of(rtt, 0, congestion);
    PathRun run = new PathRun(path, 1).run(3).mark().run(5);
    double share = run.goodput() / path.bound();
    System.out.printf(
        "%s, %.0f ms, no loss: %.1f %% of the %s bound%n",
        path.control(), rtt, share * 100, path.bounded());
    assertThat(share).isGreaterThan(0.95);
    assertThat(run.count(Counter.TIMEOUTS_RESEND)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void twoCallsOfOneEndpointShare(int congestion) {
    share(Path.of(20, 0, congestion).sharing(1, 2), 20, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void twoEndpointsShare(int congestion) {
    share(Path.of(20, 0, congestion).sharing(2, 1), 30, 30);
  }

  private static void share(Path path, long before, long during) {
    PathRun run = new PathRun(path, 1).run(before).mark().run(during);
    List<Double> goodputs = run.goodputs();
    double part = goodputs.getFirst() / run.goodput();
    System.out.printf(
        "%s, %d endpoints, %d calls each: %.0f:%.0f, %.0f %% of the rate%n",
        path.control(),
        path.callers(),
        path.calls(),
        part * 100,
        100 - part * 100,
        run.goodput() / path.rateBound() * 100);
    assertThat(goodputs).hasSize(2);
    assertThat(part).isBetween(0.4, 0.6);
    assertThat(run.goodput() / path.rateBound()).isGreaterThan(0.85);
  }
}
