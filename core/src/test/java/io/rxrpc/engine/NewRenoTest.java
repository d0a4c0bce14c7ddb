package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 5681 section 3, RFC 6582: rows of (event, argument, window afterwards). */
class NewRenoTest {
  private static void run(NewReno c, String... rows) {
    for (String row : rows) {
      String[] f = row.split(" +", -1);
      int n = f.length > 2 ? Integer.parseInt(f[1]) : 0;
      switch (f[0]) {
        case "acked" -> c.acked(n, true);
        case "idle" -> c.acked(n, false);
        case "lost" -> c.lost(n);
        case "recovered" -> c.recovered();
        case "timeout" -> c.timedOut(n);
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
  void aWindowThatIsNotUsedDoesNotGrow() {
    NewReno c = new NewReno(10, 255);
    run(c, "idle 5 10", "idle 100 10", "acked 1 11");
    assertThat(c.slowStart()).isTrue();
  }

  @Test
  void lossHalvesAndAvoidanceGrowsByOneAWindow() {
    NewReno c = new NewReno(40, 255);
    run(
        c,
        "lost 40 20",
        "acked 20 20",
        "recovered 20",
        "acked 19 20",
        "acked 1 21",
        "acked 21 22",
        "acked 11 22",
        "acked 11 23");
    assertThat(c.slowStart()).isFalse();
  }

  @Test
  void aSecondLossHalvesWhatIsInFlight() {
    run(new NewReno(40, 255), "lost 40 20", "recovered 20", "lost 12 6", "recovered 6");
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
  void timeoutEndsARecovery() {
    run(new NewReno(40, 255), "lost 40 20", "timeout 20 1", "acked 1 2", "acked 2 4");
  }

  @Test
  void theWindowNeverFallsBelowOneNorTheThresholdBelowTwo() {
    run(new NewReno(1, 255), "lost 1 2", "timeout 0 1", "acked 1 2", "acked 1 2", "acked 1 3");
    run(new NewReno(100, 16), "acked 1 16");
  }
}
