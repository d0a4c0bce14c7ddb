// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Medians, ratios, and what is slower than it should be. */
class StartupTableTest {
  private static long[] millis(int... millis) {
    long[] nanos = new long[millis.length];
    for (int i = 0; i < millis.length; i++) {
      nanos[i] = millis[i] * 1_000_000L;
    }
    return nanos;
  }

  private static StartupTable table(int bare, int without, int with) {
    StartupTable table = new StartupTable(millis(bare, bare, 10 * bare));
    table.add(new StartupTable.Row("it", millis(without, 9000, without), millis(with), 0.6, 250.0));
    return table;
  }

  @Test
  void theTableShowsMediansAndRatios() {
    assertThat(table(30, 400, 200).lines())
        .anySatisfy(line -> assertThat(line).matches("bare JVM +30 ms +1\\.0"))
        .anySatisfy(line -> assertThat(line).matches("it +400 ms +200 ms +0\\.50 +6\\.7"))
        .noneMatch(line -> line.contains("MISSED"));
  }

  @Test
  void goalsGrowWithTheBareJvm() {
    assertThat(table(30, 1000, 251).missed()).hasSize(1).first().asString().contains("8.4 times");
    assertThat(table(60, 1000, 499).missed()).isEmpty();
    assertThat(table(15, 1000, 126).missed()).hasSize(1);
  }

  @Test
  void theRatioIsAGoalOfItsOwn() {
    assertThat(table(30, 300, 181).missed())
        .containsExactly("MISSED: it: 0.60 of the time without the cache, not 0.60");
    assertThat(table(30, 300, 180).missed()).isEmpty();
  }
}
