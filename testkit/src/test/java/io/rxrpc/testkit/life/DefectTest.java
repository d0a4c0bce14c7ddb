// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The suite catches what is planted: else its silence would say nothing. */
@Tag("long")
class DefectTest {
  private static final int LIVES = 60;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isCaught(Defect defect) {
    LifeFailure caught = null;
    int lives = 0;
    while (caught == null && lives < LIVES) {
      long seed = ++lives;
      try {
        new Life(seed, Life.scenarioOf(seed), defect, Life.TAIL).run();
      } catch (LifeFailure e) {
        caught = e;
      }
    }
    assertThat(caught).as("%s in %d lives", defect, lives).isNotNull();
    assertThat(caught).hasMessageContaining("replay: ./build simulate --seed");
    System.out.printf("%s caught in life %d: %s%n", defect, lives, caught.getCause().getMessage());
  }
}
