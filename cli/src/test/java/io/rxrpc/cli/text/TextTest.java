// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Sizes and durations as people write them. */
class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "64KiB, 65536",
    "64k, 65536",
    "256 MiB, 268435456",
    "1GiB, 1073741824",
    "1g, 1073741824",
    "1MB, 1000000",
    "10B, 10"
  })
  void sizes(String text, long bytes) {
    assertThat(new SizeText().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MiB", "-1", "1.5MiB", "1TiB", "99999999999GiB", "9999999999999999999"})
  void badSizes(String text) {
    assertThatThrownBy(() -> new SizeText().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500000000",
    "2s, 2000000000",
    "1.5s, 1500000000",
    "0.25s, 250000000",
    "1m, 60000000000",
    "10us, 10000",
    "0, 0"
  })
  void durations(String text, long nanos) {
    assertThat(new DurationText().convert(text).toNanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1d", "1e9", "soon", "2", "0.25", "10 "})
  void badDurations(String text) {
    assertThatThrownBy(() -> new DurationText().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @Test
  void aDurationWithoutUnitIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> new DurationText().convert("10"))
        .hasMessage("'10' lacks its unit; write 10s or 10ms");
  }
}
