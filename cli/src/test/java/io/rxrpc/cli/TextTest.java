package io.rxrpc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Sizes, durations and hexadecimal digits as people write them. */
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

  @ParameterizedTest
  @ValueSource(strings = {"00000202", "0x00000202", "0000 0202", "00:00:02:02"})
  void hexDigits(String text) throws CommandFailure {
    assertThat(HexText.parse(text)).containsExactly(0, 0, 2, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "xyz", "0g"})
  void badHexDigits(String text) {
    assertThatThrownBy(() -> HexText.parse(text))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("hexadecimal");
  }

  @Test
  void aHexDumpShowsOffsetsBytesAndText() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HexDump dump = new HexDump(new PrintStream(out, false, StandardCharsets.US_ASCII))) {
      byte[] bytes = "Hello, RxRPC!\n\0\u007f the end".getBytes(StandardCharsets.US_ASCII);
      dump.write(bytes, 0, bytes.length);
    }
    assertThat(out.toString(StandardCharsets.US_ASCII).lines())
        .containsExactly(
            "00000000  48 65 6c 6c 6f 2c 20 52  78 52 50 43 21 0a 00 7f  |Hello, RxRPC!...|",
            "00000010  20 74 68 65 20 65 6e 64                           | the end|");
  }
}
