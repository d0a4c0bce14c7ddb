// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.rxgen.value.Absent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results for people. */
class PlainValuesTest {
  @Test
  void nestedValuesAreIndented() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("count", 2L);
    values.put("entries", List.of(Map.of("name", "a"), Map.of("name", "b"), Absent.VALUE));
    values.put("none", null);
    values.put("empty", List.of());
    assertThat(PlainValues.of(values))
        .isEqualTo(
            """
            count: 2
            entries:
              [0]:
                name: a
              [1]:
                name: b
              [2]: none
            none: none
            empty: none
            """);
  }

  @Test
  void longListsFlowOverLines() {
    List<Long> numbers = IntStream.range(0, 1000).mapToObj(i -> 4_000_000_000L + i).toList();
    String block = PlainValues.of(Map.of("numbers", numbers));
    assertThat(block.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(block.replaceAll("\\s", "").split(",", -1)).hasSize(1000);
    assertThat(block).startsWith("numbers: 4000000000, 4000000001,").endsWith(" 4000000999\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain text | plain text",
        "`` | \"\"",
        "` x` | \" x\"",
        "none | \"none\"",
        "a, b | \"a, b\"",
        "say \"a\\b\" | \"say \\\"a\\\\b\\\"\"",
        "gr\u00fc\u00dfe | gr\u00fc\u00dfe",
        "a\u001b[31m | \"a\\u001b[31m\"",
        "a\u009bb | \"a\\u009bb\"",
        "a\u202eb | \"a\\u202eb\""
      })
  void textThatDoesSomethingToATerminalIsEscaped(String text, String shown) {
    assertThat(PlainValues.of(Map.of("s", text))).isEqualTo("s: " + shown + "\n");
  }

  @Test
  void octetsThatAreNoTextAreEscaped() {
    assertThat(PlainValues.of(Map.of("s", "a\udcff"))).isEqualTo("s: \"a\\udcff\"\n");
    assertThat(PlainValues.of(Map.of("s", Arrays.asList("x\ny", null))))
        .isEqualTo("s: \"x\\u000ay\", none\n");
  }
}
