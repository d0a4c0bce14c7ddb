// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Fault;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thousands of seeded lives. A failing one prints the command that replays it. Rules held at every
 * step: R-20 and R-21 (no reply to a reply), R-34, R-35, R-37 (see {@link WireWatch}).
 */
@Tag("long")
class SimulationTest {
  private static final int LIVES = 2100;

  @Test
  @Tag("R-20")
  @Tag("R-21")
  @Tag("R-37")
  void everyLifeHoldsItsInvariants() {
    Suite suite = Suite.run(1, LIVES, null, Defect.NONE);
    System.out.println(suite.tally());
    assertThat(suite.failures()).isEmpty();

    Tally tally = suite.tally();
    assertThat(tally.lives()).isEqualTo(LIVES);
    assertThat(tally.medianDatagrams()).as("datagrams of the median life").isGreaterThan(100);
    EnumSet<Fault> expected = EnumSet.complementOf(EnumSet.of(Fault.FILTERED, Fault.BUFFER_FULL));
    assertThat(expected)
        .as("faults that strike in at least a twentieth of the lives")
        .allMatch(fault -> tally.share(fault) >= 0.05);
  }

  /** Lives that once failed, each with what it has found. */
  @ParameterizedTest
  @CsvSource({
    "9615, lossy-bulk", // an unproven peer's lost final ACK was asked for twice and never again
    "118474, sealed",
    "12684, harsh", // two lives of a server had got a request: the client mixed their replies
    "8300, restart-anywhere",
    "302622, restart-anywhere",
    "5448, damaged", // an ABORT came together with what was answered by one
    "5646, restart", // calls that nobody answered filled the window of the others
    "703928, damaged", // a damaged ACK had told a wider window than the bound of the path knew
    "712381, lossy-bulk", // three lost final ACKs were asked for by PINGs, which OpenAFS ignores
    "512450, tight" // what was lost for want of memory had made the window small
  })
  void livesThatFailedOnceDoNotFailAgain(long seed, String scenario) {
    Suite suite = Suite.run(seed, 1, Scenario.of(scenario), Defect.NONE);
    assertThat(suite.failures()).isEmpty();
  }

  @Test
  void aLifeReplaysFromItsSeed() {
    for (long seed = 1; seed <= 28; seed++) {
      Scenario scenario = Life.scenarioOf(seed);
      Life first = new Life(seed, scenario, Defect.NONE, Life.WHOLE_TRACE);
      Life second = new Life(seed, scenario, Defect.NONE, Life.WHOLE_TRACE);
      assertThat(first.run()).isEqualTo(second.run());
      assertThat(first.trace()).isEqualTo(second.trace());
    }
  }
}
