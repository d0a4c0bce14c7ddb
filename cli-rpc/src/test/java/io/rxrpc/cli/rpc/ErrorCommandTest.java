// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rxrpc error}. */
class ErrorCommandTest {
  @ParameterizedTest
  @CsvSource({
    "363524, VL_NOENT, 363524, VL",
    "VL_NOENT, VL_NOENT, 363524, VL",
    "vl_noent, VL_NOENT, 363524, VL",
    "0x58C04, VL_NOENT, 363524, VL",
    "267268, PRNOENT, 267268, PT",
    "PRPERM, PRPERM, 267269, PT",
    "1492325127, VOLSERBAD_ACCESS, 1492325127, VOLS",
    "39430, BZACCESS, 39430, BZ",
    "5376, UNOQUORUM, 5376, U",
    "19270409, RXKADEXPIRED, 19270409, RXK",
    "49733388, UAEACCES, 49733388, uae",
    "-455, RXGEN_OPCODE, -455, ",
    "4294966841, RXGEN_OPCODE, -455, ",
    "-1, RX_CALL_DEAD, -1, ",
    "103, VNOVOL, 103, ",
    "EACCES, EACCES, 13, "
  })
  void numbersAndNamesTellEachOther(String asked, String name, int value, String table) {
    CommandRun run = CommandRun.of("error", asked);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith(name + " (" + value + "): ");
    JsonObject json = CommandRun.of("error", asked, "--json").json().getAsJsonObject();
    assertThat(json.get("value").getAsInt()).isEqualTo(value);
    JsonObject meaning = json.getAsJsonArray("meanings").get(0).getAsJsonObject();
    assertThat(meaning.get("name").getAsString()).isEqualTo(name);
    assertThat(meaning.get("text").getAsString()).isNotEmpty();
    if (table != null) {
      assertThat(json.get("table").getAsString()).isEqualTo(table);
    }
  }

  @Test
  void whatSharesANumberIsTold() {
    String out = CommandRun.of("error", "110").out();
    assertThat(out).startsWith("VBUSY (110): ").contains("or ETIMEDOUT (110): ");
    assertThat(CommandRun.of("error", "ETIMEDOUT").out())
        .as("the one that was asked for comes first")
        .startsWith("ETIMEDOUT (110): ")
        .contains("or VBUSY (110): ");
  }

  @Test
  void whatSharesANameOrMeaningIsTold() {
    assertThat(CommandRun.of("error", "EACCES").out()).contains("see also UAEACCES (49733388)");
    assertThat(CommandRun.of("error", "49733388").out()).contains("see also EACCES (13)");
  }

  @Test
  void severalAreToldOneAfterTheOther() {
    List<String> lines =
        CommandRun.of("error", "363524", "VNOVOL", "-455", "--json").out().lines().toList();
    assertThat(lines)
        .extracting(l -> JsonParser.parseString(l).getAsJsonObject().get("value").getAsInt())
        .containsExactly(363524, 103, -455);
  }

  @Test
  void anUnknownNumberIsOfATable() {
    CommandRun run = CommandRun.of("error", "363700");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("363700: nothing is known of it").contains("table called VL");
    JsonObject json = CommandRun.of("error", "363700", "--json").json().getAsJsonObject();
    assertThat(json.getAsJsonArray("meanings")).isEmpty();
    assertThat(json.get("table").getAsString()).isEqualTo("VL");
    assertThat(CommandRun.of("error", "0").out()).contains("0 is success");
  }

  @ParameterizedTest
  @CsvSource({
    "VL_NOENTT, did you mean 'VL_NOENT'?",
    "xyzzy, 'xyzzy'",
    "99999999999, 32 bits",
    "0x1ffffffff, 32 bits",
    "-2147483649, 32 bits",
    "--jsn, '--jsn'"
  })
  void whatIsNoErrorIsOneLine(String asked, String says) {
    CommandRun run = CommandRun.of("error", asked);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(says).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "error --json"})
  void withoutAnErrorItAsksForOne(String line) {
    CommandRun run = CommandRun.of(line.split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("NUMBER|NAME").hasLineCount(1);
  }
}
