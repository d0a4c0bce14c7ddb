// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.call.TypesDescription;
import io.rxrpc.cli.frame.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code rxrpc serve --answer}, called by {@code rxrpc call --xg}. */
class AnswerServiceTest {
  private static final String LARGE =
      "{\"i\":-2147483648,\"u\":4294967295,\"l\":-9223372036854775808,"
          + "\"ul\":18446744073709551615,\"f\":-0.5,\"d\":1.0E300}";
  private static final String SHAPES =
      "{\"e\":{\"name\":\"n\",\"what\":\"B\",\"at\":{\"x\":-1,\"y\":4294967295},\"servers\":[7]},"
          + "\"u\":{\"which\":2,\"why\":\"\\udcff\"},\"k\":99}";
  private static final String LISTS =
      "{\"l\":[],\"w\":[\"one\"],\"c\":[{\"value\":-1}],\"m\":{\"x\":1,\"y\":2},\"ms\":[null]}";

  @TempDir private Path directory;
  private TypesDescription types;

  @BeforeEach
  void aDescription() throws IOException {
    types = new TypesDescription(directory);
  }

  private RunningCommand serving(String answers, String... options) throws IOException {
    String[] line = {"serve", "0/52", "--answer", types.file("answers.json", answers)};
    return RunningCommand.start(
        types.with(Stream.concat(Stream.of(line), Stream.of(options)).toArray(String[]::new)));
  }

  static Stream<Arguments> examples() {
    return Stream.of(
        arguments("Large", LARGE), arguments("Shapes", SHAPES), arguments("Lists", LISTS));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsAnsweredAsItStands(String procedure, String results)
      throws IOException, InterruptedException {
    try (RunningCommand server = serving("{\"T_" + procedure + "\": " + results + "}", "-v")) {
      CommandRun run =
          CommandRun.of(
              types.with(
                  "call",
                  server.target(),
                  procedure,
                  "--json",
                  "--json-in",
                  types.file("in.json", results)));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("\"results\":" + results + ",");
      String log = server.terminate();
      JsonObject values = JsonParser.parseString(results).getAsJsonObject();
      assertThat(log.lines().findFirst().orElse(""))
          .matches("127\\.0\\.0\\.1:\\d+: T_" + procedure + " \\(\\d+\\) .*; reply of \\d+ octets");
      for (String name : values.keySet()) {
        assertThat(log).contains(" " + name + "=");
      }
    }
  }

  @Test
  void everyCallIsPrintedWithItsParameters() throws IOException, InterruptedException {
    String answers =
        """
        {"Add": {"sum": 3}, "T_Time": {"abort": "RXKADEXPIRED"}, "Fetch": {"abort": 4711},
         "Store": {"stored": 5}}
        """;
    try (RunningCommand server = serving(answers, "--verbose")) {
      String at = server.target();
      assertThat(CommandRun.of(types.with("call", at, "Add", "a=1", "b=-2")).out())
          .isEqualTo("sum: 3\n");
      CommandRun time = CommandRun.of(types.with("call", at, "T_Time"));
      assertThat(time.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(time.err()).contains("RXKADEXPIRED (19270409)");
      assertThat(CommandRun.of(types.with("call", at, "Fetch", "name=a b")).err())
          .contains("failed: 4711");
      assertThat(
              CommandRun.withInput(
                      new byte[1234], types.with("call", at, "Store", "length=1234", "--in", "-"))
                  .out())
          .isEqualTo("stored: 5\n");
      assertThat(CommandRun.of(types.with("call", at, "Ping")).err())
          .contains("RXGEN_OPCODE (-455)");
      assertThat(CommandRun.of("call", at, "--hex", "00001234").err())
          .contains("RXGEN_OPCODE (-455)");
      assertThat(CommandRun.of("call", at, "--hex", "0000000600000001").err())
          .contains("RXGEN_SS_UNMARSHAL (-453)");
      assertThat(CommandRun.of("call", at, "--hex", "0000").err()).contains("RXGEN_DECODE (-454)");
      List<String> log =
          server
              .terminate()
              .lines()
              .map(l -> l.replaceFirst("^127\\.0\\.0\\.1:\\d+: ", ""))
              .toList();
      assertThat(log)
          .startsWith(
              "T_Add (6) a=1 b=-2; reply of 4 octets",
              "T_Time (8); abort RXKADEXPIRED (19270409)",
              "T_Fetch (10) name=\"a b\", data of 0 octets; abort 4711",
              "T_Store (9) length=1234, data of 1234 octets; reply of 8 octets",
              "T_Ping (7) has no answer; abort RXGEN_OPCODE (-455)",
              "an opcode that is not described; abort RXGEN_OPCODE (-455)");
      assertThat(log.get(6))
          .startsWith("T_Add (6): its parameters cannot be decoded: b, octet 8:")
          .endsWith("; abort RXGEN_SS_UNMARSHAL (-453)");
      assertThat(log.get(7)).isEqualTo("a request without an opcode; abort RXGEN_DECODE (-454)");
      assertThat(server.code()).isZero();
    }
  }

  @Test
  void jsonPrintsAnObjectForEachCall() throws IOException, InterruptedException {
    try (RunningCommand server = serving("{\"Add\": {\"sum\": 3}}", "-v", "--json")) {
      String at =
          JsonParser.parseString(server.listening())
              .getAsJsonObject()
              .get("listening")
              .getAsString();
      CommandRun.of(types.with("call", at, "Add", "a=1", "b=2"));
      CommandRun.of(types.with("call", at, "Ping"));
      List<JsonObject> log =
          server.terminate().lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
      assertThat(log.getFirst().get("procedure").getAsString()).isEqualTo("T_Add");
      assertThat(log.getFirst().getAsJsonObject("parameters").get("b").getAsInt()).isEqualTo(2);
      assertThat(log.get(1).get("refused").getAsString()).contains("T_Ping");
      assertThat(log.getLast().get("complete").getAsBoolean()).isTrue();
    }
  }

  @Test
  void quietlyNothingIsPrintedOfCalls() throws IOException, InterruptedException {
    try (RunningCommand server = serving("{\"Add\": {\"sum\": 3}}", "-q")) {
      CommandRun.of(types.with("call", server.target(), "Add", "a=1", "b=2"));
      assertThat(server.terminate()).isEmpty();
    }
  }

  @Test
  void aSplitCallGetsItsData() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("content"), "from a file");
    String answers =
        """
        {"Fetch": {"status": 1, "version": 2, "data-file": "content"},
         "Store": {"stored": 3, "data-hex": "00ff"}, "Remark": {"text": "x", "data-text": "ab"}}
        """;
    try (RunningCommand server = serving(answers)) {
      String at = server.target();
      CommandRun fetch = CommandRun.of(types.with("call", at, "Fetch", "name=x", "--out", "-"));
      assertThat(fetch.out()).isEqualTo("from a file");
      assertThat(fetch.err()).isEqualTo("status: 1\nversion: 2\n");
      CommandRun store = CommandRun.of(types.with("call", at, "Store", "length=0", "--out", "-"));
      assertThat(store.stdout()).containsExactly(0, 0xff);
      CommandRun remark =
          CommandRun.of(types.with("call", at, "Remark", "--out", "-", "--out-bytes", "2"));
      assertThat(remark.out()).isEqualTo("ab");
      assertThat(remark.err()).isEqualTo("text: x\n");
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("{\"Add\": {}}", "T_Add: sum: this parameter of Add is missing"),
        arguments("{\"Add\": {\"sum\": 2147483648}}", "T_Add: sum: 2147483648 is outside"),
        arguments("{\"Add\": {\"sum\": 1, \"a\": 1}}", "T_Add: a: Add has no such parameter"),
        arguments("{\"Add\": 1}", "T_Add: expected an object with its results"),
        arguments("{\"Adds\": {}}", "no procedure is called 'Adds'"),
        arguments("{\"T_Ad\": {}}", "did you mean 'T_Add'?"),
        arguments("{\"Time\": {}}", "write T_Time or O_Time"),
        arguments("{\"O_Time\": {}, \"Small\": {\"abort\": 1}}", "have the same opcode"),
        arguments("{\"Ping\": {}, \"T_Ping\": {}}", "T_Ping: it has two answers"),
        arguments("{\"Ping\": {}, \"Ping\": {}}", "Ping: this name stands twice"),
        arguments("{\"Ping\": {\"abort\": \"NO_SUCH\"}}", "T_Ping.abort: 'NO_SUCH' is neither"),
        arguments("{\"Ping\": {\"abort\": 0}}", "T_Ping.abort: "),
        arguments("{\"Add\": {\"abort\": 1, \"sum\": 1}}", "T_Add: what is aborted has no results"),
        arguments("{\"Ping\": {\"data-text\": \"x\"}}", "T_Ping.data-text: it is no split call"),
        arguments(
            "{\"Store\": {\"stored\": 1, \"data-hex\": \"0\"}}", "T_Store.data-hex: expected"),
        arguments("{\"Store\": {\"stored\": 1, \"data-\": \"0\"}}", "T_Store.data-: data comes by"),
        arguments("{\"Store\": {\"stored\": 1, \"data-file\": \"no\"}}", "data-file: cannot read"),
        arguments("[]", "expected a JSON object"),
        arguments("{\"Ping\": {}", "the JSON ends too early"),
        arguments("{'Ping': {}}", "this is no JSON: line 1, column"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void answersThatCannotBeGivenAreRefusedAtTheStart(String answers, String message)
      throws IOException {
    String file = types.file("answers.json", answers);
    CommandRun run = CommandRun.of(types.with("serve", "0/52", "--answer", file));
    assertThat(run.err()).startsWith("rxrpc: " + file + ": ").contains(message).hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anAnswerFileThatIsNotThereIsNamed() {
    CommandRun run = CommandRun.of(types.with("serve", "0/52", "--answer", "/no/such.json"));
    assertThat(run.err()).contains("cannot read /no/such.json: no such file").hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void codesHaveTheNamesOfTheServicesTable() throws IOException, InterruptedException {
    String table = types.file("t.et", "error_table T\nec T_FULL, \"no room\"\nend\n");
    try (RunningCommand server =
        serving("{\"Ping\": {\"abort\": \"T_FULL\"}}", "--errors", table)) {
      CommandRun run =
          CommandRun.of(types.with("call", server.target(), "Ping", "--errors", table));
      assertThat(run.err()).contains("failed: T_FULL (").endsWith("): no room\n");
    }
  }
}
