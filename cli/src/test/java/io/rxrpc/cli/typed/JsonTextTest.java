// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON as values: every digit of a number, and nothing that is no JSON. */
class JsonTextTest {
  static Stream<Arguments> numbers() {
    return Stream.of(
        arguments("0", 0L),
        arguments("-1", -1L),
        arguments("9007199254740993", 9007199254740993L),
        arguments("18446744073709551615", new BigInteger("18446744073709551615")),
        arguments("1.8446744073709551615e19", new BigDecimal("18446744073709551615")),
        arguments("0.1", new BigDecimal("0.1")),
        arguments("-0", -0.0),
        arguments("-0.0", -0.0));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersKeepTheirDigits(String text, Number value) throws RefusedException {
    Object parsed = JsonText.parse(text);
    if (value instanceof BigDecimal decimal) {
      assertThat((BigDecimal) parsed).isEqualByComparingTo(decimal);
    } else {
      assertThat(parsed).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | ends too early",
        "{\"a\":1 | ends too early",
        "{\"a\":1,} | no JSON: line 1, column",
        "{a:1} | no JSON: line 1, column",
        "[1,,2] | no JSON: line 1, column",
        "1 2 | no JSON: line 1, column",
        "'x' | no JSON: line 1, column",
        "NaN | no JSON: line 1, column",
        "{\"a\":{\"b\":1,\"b\":2}} | b: this name stands twice",
        "1e99999999999 | no type has numbers of that size"
      })
  void whatIsNoJsonIsRefused(String text, String message) {
    assertThatThrownBy(() -> JsonText.parse(text))
        .isInstanceOf(RefusedException.class)
        .message()
        .contains(message)
        .doesNotContain("http");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    assertThatThrownBy(() -> JsonText.parse("[".repeat(100_000)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aNumberOfAMillionDigitsIsRefused() {
    assertThatThrownBy(() -> JsonText.parse("1".repeat(1_000_000)))
        .isInstanceOf(RefusedException.class);
  }
}
