// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.NewReno;
import org.junit.jupiter.api.Test;

/** RFC 5681 section 3, RFC 6582: rows of (event, argument, window afterwards). */
class NewRenoTest {
  private static void run(NewReno c, String... rows) {
    for (String row : rows) {
      String[] f = row.split(" +", -1);
      int n = f.length > 2 ? Integer.parseInt(f[1]) : 0;
      switch (f[0]) {
        case "acked" -> c.acked(n, 0, 0);
        case "idle" -> c.idle(n);
        case "lost" -> c.lost(n, 0);
        case "undo" -> c.undo(0);
        case "timeout" -> c.timedOut(n, 0);
        default -> throw new IllegalArgumentException(row);
      }
      assertThat(c.window()).as(row).isEqualTo(Integer.parseInt(f[f.length - 1]));
    }
  }

  @Test
  void slowStartDoublesUpToTheLargestWindow() {
    run(
        new NewReno(10, 255),
        "acked 10 20",
        "acked 20 40",
        "acked 40 80",
        "acked 80 160",
        "acked 160 255",
        "acked 255 255");
  }

  @Test
  void lossHalvesAndAvoidanceGrowsByOneAWindow() {
    NewReno c = new NewReno(40, 255);
    run(c, "lost 40 20", "acked 19 20", "acked 1 21", "acked 21 22", "acked 11 22", "acked 11 23");
    assertThat(c.slowStart()).isFalse();
  }

  @Test
  void aSecondLossHalvesWhatIsInFlight() {
    run(new NewReno(40, 255), "lost 40 20", "lost 12 6", "acked 5 6", "acked 1 7");
  }

  @Test
  void timeoutStartsAgainWithOneUpToHalfOfTheFlight() {
    NewReno c = new NewReno(40, 255);
    run(
        c,
        "timeout 40 1",
        "acked 1 2",
        "acked 2 4",
        "acked 4 8",
        "acked 8 16",
        "acked 16 20",
        "acked 19 20",
        "acked 1 21");
  }

  @Test
  void aLossThatWasNoneIsTakenBack() {
    run(new NewReno(40, 255), "lost 40 20", "undo 40", "acked 10 50");
    run(new NewReno(40, 255), "timeout 40 1", "timeout 1 1", "acked 1 2", "undo 40");
    run(new NewReno(40, 255), "lost 40 20", "lost 20 10", "undo 20", "acked 20 21");
  }

  @Test
  void afterSilenceTheWindowIsHalvedAndMayDoubleAgain() {
    NewReno c = new NewReno(10, 255);
    run(c, "acked 30 40", "lost 40 20", "idle 10 10", "acked 5 15", "acked 5 20", "acked 10 20");
    run(new NewReno(4, 255), "idle 10 4");
  }

  @Test
  void theWindowNeverFallsBelowOneNorTheThresholdBelowTwo() {
    run(
        new NewReno(1, 255),
        "lost 1 2",
        "timeout 0 1",
        "timeout 1 1",
        "acked 1 2",
        "acked 1 2",
        "acked 1 3");
    run(new NewReno(100, 16), "acked 1 16");
  }
}
