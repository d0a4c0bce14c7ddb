// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and numbers of partitions. */
class PartitionTest {
  @ParameterizedTest
  @CsvSource({
    "/vicepa, 0",
    "vicepb, 1",
    "z, 25",
    "aa, 26",
    "/vicepaz, 51",
    "ba, 52",
    "/vicepiv, 255",
    "7, 7",
    "255, 255",
    "A, 0"
  })
  void aNameMeansANumber(String text, int id) {
    assertThat(Partition.parse(text)).isEqualTo(new Partition(id));
  }

  @Test
  void everyNumberHasANameThatMeansIt() {
    for (int id = 0; id <= 255; id++) {
      Partition partition = new Partition(id);
      assertThat(Partition.parse(partition.toString())).isEqualTo(partition);
      assertThat(Partition.parse(partition.letters())).isEqualTo(partition);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/vicep", "iw", "256", "aaa", "/vicep0", "/usr", "-1", "vicep"})
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Partition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("255");
  }
}
