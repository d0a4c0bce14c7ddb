// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.cli.frame.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Octets as people write them, and as they look at them. */
class HexTextTest {
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
