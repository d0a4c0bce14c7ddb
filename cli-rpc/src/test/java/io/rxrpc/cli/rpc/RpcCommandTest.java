// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.afs.BuiltInService;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code rxrpc rpc list} and {@code rxrpc rpc show}. */
class RpcCommandTest {
  private static final int WIDTH = 80;

  /** A procedure begins at the margin, and ends with its opcode. */
  private static final Pattern PROCEDURE =
      Pattern.compile("^(\\w+)\\([^;{}]*\\)[\\w\\s]*=\\s*(\\d+);", Pattern.MULTILINE);

  /** Names and opcodes, as the text of the description has them. */
  private static Map<String, Integer> procedures(BuiltInService service) {
    String text = service.description().replaceAll("(?s)/\\*.*?\\*/", "");
    Map<String, Integer> procedures = new LinkedHashMap<>();
    Matcher procedure = PROCEDURE.matcher(text);
    while (procedure.find()) {
      procedures.put(
          service.packageName() + procedure.group(1), Integer.valueOf(procedure.group(2)));
    }
    return procedures;
  }

  @ParameterizedTest
  @EnumSource(BuiltInService.class)
  void everyProcedureIsListedWithItsOpcode(BuiltInService service) {
    Map<String, Integer> procedures = procedures(service);
    assertThat(procedures).isNotEmpty();
    CommandRun one = CommandRun.of("rpc", "list", service.label());
    assertThat(one.err()).isEmpty();
    assertThat(one.code()).isZero();
    String all = CommandRun.of("rpc", "list").out();
    procedures.forEach(
        (name, opcode) -> {
          String line = String.format("%7d  %-30s", opcode, name).stripTrailing();
          assertThat(one.out()).contains(line);
          assertThat(all).contains(line);
        });
    assertThat(one.out()).hasLineCount(1 + procedures.size());
    assertThat(one.out().lines())
        .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(WIDTH));
    JsonArray json =
        CommandRun.of("rpc", "list", service.label(), "--json").json().getAsJsonArray();
    assertThat(json).hasSize(procedures.size());
    for (JsonElement row : json) {
      assertThat(row.getAsJsonObject().get("opcode").getAsInt())
          .isEqualTo(procedures.get(row.getAsJsonObject().get("procedure").getAsString()));
      assertThat(row.getAsJsonObject().get("text").getAsString()).isNotEmpty();
    }
  }

  static Stream<BuiltInService> services() {
    return Arrays.stream(BuiltInService.values());
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyProcedureIsShown(BuiltInService service) {
    for (Map.Entry<String, Integer> procedure : procedures(service).entrySet()) {
      String plain = procedure.getKey().substring(service.packageName().length());
      CommandRun run = CommandRun.of("rpc", "show", service.label() + "." + plain);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .startsWith(procedure.getKey() + ", opcode " + procedure.getValue() + " of ")
          .contains("\nWho may: ", "\nTakes", "\nGives", "\nCall: rxrpc call HOST");
      assertThat(run.out().lines().filter(l -> !l.startsWith("Call: ")))
          .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(WIDTH));
      CommandRun json = CommandRun.of("rpc", "show", procedure.getKey(), "--json");
      JsonObject shown = json.json().getAsJsonObject();
      assertThat(shown.get("opcode").getAsInt()).isEqualTo(procedure.getValue());
      assertThat(shown.get("permitted").getAsString()).isNotEmpty();
      assertThat(shown.get("text").getAsString()).isNotEmpty();
      for (JsonElement parameter : shown.getAsJsonArray("parameters")) {
        assertThat(parameter.getAsJsonObject().get("text").getAsString())
            .as(procedure.getKey() + "." + parameter.getAsJsonObject().get("name").getAsString())
            .isNotEmpty();
        assertThat(parameter.getAsJsonObject().get("kind").getAsString()).isNotEmpty();
      }
    }
  }

  @Test
  void boundsAreShown() {
    assertThat(CommandRun.of("rpc", "show", "vl.GetEntryByNameU").out())
        .contains("string of at most 65 octets")
        .contains("uvldbentry:\n")
        .contains("text of at most 65 octets")
        .contains("Call: rxrpc call HOST/vl GetEntryByNameU volumename=...");
    assertThat(CommandRun.of("rpc", "show", "vl.GetEntryByIDN").out())
        .contains("0..4294967295")
        .contains("-2147483648..2147483647");
    JsonObject json =
        CommandRun.of("rpc", "show", "VL_GetEntryByIDN", "--json").json().getAsJsonObject();
    JsonObject volid = json.getAsJsonArray("parameters").get(0).getAsJsonObject();
    assertThat(volid.get("direction").getAsString()).isEqualTo("in");
    assertThat(volid.get("min").getAsLong()).isZero();
    assertThat(volid.get("max").getAsLong()).isEqualTo(4294967295L);
    JsonObject name =
        CommandRun.of("rpc", "show", "vl.GetEntryByNameU", "--json")
            .json()
            .getAsJsonObject()
            .getAsJsonArray("parameters")
            .get(0)
            .getAsJsonObject();
    assertThat(name.get("max_octets").getAsInt()).isEqualTo(65);
    assertThat(CommandRun.of("rpc", "show", "fs.FetchData64").out()).contains("--out");
    assertThat(CommandRun.of("rpc", "show", "vl.LinkedList").out())
        .contains("list of any length: single_vldbentry")
        .doesNotContain("next  ");
  }

  @ParameterizedTest
  @CsvSource({
    "VL_GetEntryByNameU, VL_GetEntryByNameU",
    "GetEntryByNameU, VL_GetEntryByNameU",
    "getentrybynameu, VL_GetEntryByNameU",
    "vl/GetEntryByNameU, VL_GetEntryByNameU",
    "vl.VL_GetEntryByNameU, VL_GetEntryByNameU",
    "VL.GetEntryByNameU, VL_GetEntryByNameU",
    "pt.NameToID, PR_NameToID",
    "AFSVolTransCreate, AFSVolTransCreate"
  })
  void aProcedureHasSeveralNames(String asked, String name) {
    assertThat(CommandRun.of("rpc", "show", asked).out()).startsWith(name + ", opcode ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rpc list lv | did you mean 'vl'?",
        "rpc list xyzzy | there are vl, pt,",
        "rpc list vl xyzzy | 'xyzzy'",
        "rpc show vl.GetEntyByNameU | did you mean 'vl.GetEntryByNameU'?",
        "rpc show GetEntyByNameU | did you mean 'GetEntryByNameU'?",
        "rpc show vll.GetEntryByNameU | did you mean 'vl'?",
        "rpc show vl | 'rxrpc rpc list vl'",
        "rpc show XStatsVersion | fs.XStatsVersion, cb.XStatsVersion",
        "rpc show vl.xyzzy | 'rxrpc rpc list vl'",
        "rpc show | PROCEDURE",
        "rpc lst | did you mean 'list'?"
      })
  void whatIsNotThereIsOneLine(String line, String says) {
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(says).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void severalAreShown() {
    List<String> lines =
        CommandRun.of("rpc", "show", "vl.ProbeServer", "pt.ListMax", "--json")
            .out()
            .lines()
            .toList();
    assertThat(lines)
        .extracting(l -> JsonParser.parseString(l).getAsJsonObject().get("label").getAsString())
        .containsExactly("vl.ProbeServer", "pt.ListMax");
    assertThat(CommandRun.of("rpc", "show", "vl.ProbeServer").out())
        .contains("Takes nothing.", "Gives nothing.");
  }
}
