// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code rxrpc call --xg}: values there and back, and what is refused before it is sent. */
class TypedCallTest {
  /** The parameters come back as the results. */
  private static final CallHandler ECHO =
      CallHandler.blob(request -> Arrays.copyOfRange(request, 4, request.length));

  @TempDir private Path directory;
  private TypesDescription types;

  @BeforeEach
  void aDescription() throws IOException {
    types = new TypesDescription(directory);
  }

  private static RxrpcEndpoint serving(CallHandler handler) throws IOException {
    RxrpcEndpoint endpoint =
        RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    endpoint.serve(52, handler);
    return endpoint;
  }

  private static String target(RxrpcEndpoint endpoint) {
    return "127.0.0.1:" + endpoint.localAddress().getPort() + "/52";
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(
            List.of("Small", "s=-32768", "us=65535", "c=-128", "uc=255", "b=true"),
            "{\"s\":-32768,\"us\":65535,\"c\":-128,\"uc\":255,\"b\":true}"),
        arguments(
            List.of("Small", "s=32767", "us=0", "c=127", "uc=0", "b=0"),
            "{\"s\":32767,\"us\":0,\"c\":127,\"uc\":0,\"b\":false}"),
        arguments(
            List.of(
                "Large",
                "i=-2147483648",
                "u=0xffffffff",
                "l=-9223372036854775808",
                "ul=18446744073709551615",
                "f=1.5",
                "d=-2e300"),
            "{\"i\":-2147483648,\"u\":4294967295,\"l\":-9223372036854775808,"
                + "\"ul\":18446744073709551615,\"f\":1.5,\"d\":-2.0E300}"),
        arguments(
            List.of(
                "Large",
                "i=2147483647",
                "u=4294967295",
                "l=9223372036854775807",
                "ul=9007199254740993",
                "f=Infinity",
                "d=NaN"),
            "{\"i\":2147483647,\"u\":4294967295,\"l\":9223372036854775807,"
                + "\"ul\":9007199254740993,\"f\":\"Infinity\",\"d\":\"NaN\"}"),
        arguments(
            List.of(
                "Texts",
                "s=gr\u00fc\u00dfe",
                "n=ab",
                "b=00ff",
                "e=010203",
                "o=",
                "id=00112233-4455-6677-8899-aabbccddeeff"),
            "{\"s\":\"gr\u00fc\u00dfe\",\"n\":\"ab\",\"b\":\"00ff\",\"e\":\"010203\",\"o\":\"\","
                + "\"id\":\"00112233-4455-6677-8899-aabbccddeeff\"}"),
        arguments( // octets that are no UTF-8
            List.of(
                "Texts",
                "s=\"a\\udcff\\udc80\"",
                "n=",
                "b=0000",
                "e=ffffff",
                "o=deadbeef",
                "id=00000000-0000-0000-0000-000000000000"),
            "{\"s\":\"a\\udcff\\udc80\",\"n\":\"\",\"b\":\"0000\",\"e\":\"ffffff\","
                + "\"o\":\"deadbeef\",\"id\":\"00000000-0000-0000-0000-000000000000\"}"),
        arguments(
            List.of(
                "Lists",
                "l=[1,-9223372036854775808,9223372036854775807]",
                "w=[\"a,b\",\"\"]",
                "c=[{\"value\":1},{\"value\":2}]",
                "m=null",
                "ms=[null,{\"x\":1,\"y\":2}]"),
            "{\"l\":[1,-9223372036854775808,9223372036854775807],\"w\":[\"a,b\",\"\"],"
                + "\"c\":[{\"value\":1},{\"value\":2}],\"m\":null,\"ms\":[null,{\"x\":1,\"y\":2}]}"),
        arguments(
            List.of("Lists", "l=[]", "w=[]", "c=[]", "m={\"x\":1,\"y\":2}", "ms=[]"),
            "{\"l\":[],\"w\":[],\"c\":[],\"m\":{\"x\":1,\"y\":2},\"ms\":[]}"),
        arguments(
            List.of(
                "Shapes",
                "e={\"name\":\"n\",\"what\":\"B\",\"at\":{\"x\":-1,\"y\":4294967295},\"servers\":[7]}",
                "u={\"which\":2,\"why\":\"so\"}",
                "k=A"),
            "{\"e\":{\"name\":\"n\",\"what\":\"B\",\"at\":{\"x\":-1,\"y\":4294967295},"
                + "\"servers\":[7]},\"u\":{\"which\":2,\"why\":\"so\"},\"k\":\"A\"}"),
        arguments( // fields by their paths, an enum by a number without a name, an empty arm
            List.of(
                "T_Shapes",
                "e.name=root",
                "e.what=9",
                "e.at.x=0x10",
                "e.at.y=3",
                "e.servers=[1,2,3]",
                "u.which=5",
                "k=7"),
            "{\"e\":{\"name\":\"root\",\"what\":9,\"at\":{\"x\":16,\"y\":3},"
                + "\"servers\":[1,2,3]},\"u\":{\"which\":5},\"k\":\"B\"}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesOfAllTypesGoThereAndBack(List<String> words, String results) throws IOException {
    try (RxrpcEndpoint echo = serving(ECHO)) {
      String[] line = {"call", target(echo)};
      line = Stream.concat(Arrays.stream(line), words.stream()).toArray(String[]::new);
      CommandRun run = CommandRun.of(types.with(line));
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      CommandRun json =
          CommandRun.of(
              Stream.of(types.with(line), new String[] {"--json"})
                  .flatMap(Arrays::stream)
                  .toArray(String[]::new));
      assertThat(json.err()).isEmpty();
      assertThat(json.out())
          .startsWith("{\"target\":\"" + target(echo) + "\",\"procedure\":\"T_")
          .contains("\"results\":" + results + ",\"seconds\":");

      // What was printed is what can be read.
      String file = types.file("again.json", results);
      CommandRun again =
          CommandRun.of(
              types.with("call", target(echo), words.getFirst(), "--json", "--json-in", file));
      assertThat(again.err()).isEmpty();
      assertThat(again.out()).contains("\"results\":" + results + ",");
    }
  }

  @Test
  void resultsAreABlockThatPeopleCanRead() throws IOException {
    try (RxrpcEndpoint echo = serving(ECHO)) {
      CommandRun run =
          CommandRun.of(
              types.with(
                  "call",
                  target(echo),
                  "Shapes",
                  "e={\"name\":\"\\u001b[1m\",\"what\":\"B\",\"at\":{\"x\":-1,\"y\":2},"
                      + "\"servers\":[1,2]}",
                  "u={\"which\":3}",
                  "k=A"));
      assertThat(run.out())
          .isEqualTo(
              """
              e:
                name: "\\u001b[1m"
                what: B
                at:
                  x: -1
                  y: 2
                servers: 1, 2
              u:
                which: 3
              k: A
              """);
    }
  }

  @Test
  void parametersComeFromStdinAndTheCommandLineWins() throws IOException {
    byte[] json = "{\"a\": 1, \"b\": 41}".getBytes(StandardCharsets.UTF_8);
    CallHandler add =
        CallHandler.blob(
            request -> {
              ByteBuffer in = ByteBuffer.wrap(request);
              return ByteBuffer.allocate(4).putInt(in.getInt(4) + in.getInt(8)).array();
            });
    try (RxrpcEndpoint adding = serving(add)) {
      String[] line = types.with("call", target(adding), "Add", "--json-in", "-");
      assertThat(CommandRun.withInput(json, line).out()).isEqualTo("sum: 42\n");
      line = types.with("call", target(adding), "Add", "a=2", "--json-in", "-");
      assertThat(CommandRun.withInput(json, line).out()).isEqualTo("sum: 43\n");
    }
  }

  @Test
  void stdinIsLeftAloneWhereNobodyAsksForIt() throws IOException {
    try (RxrpcEndpoint echo = serving(ECHO)) {
      CommandRun run =
          CommandRun.withInput(new byte[] {'{'}, types.with("call", target(echo), "Ping"));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEmpty();
      assertThat(run.code()).isZero();
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("Add a=1", "b: this parameter of Add is missing"),
        arguments("Add a=1 b=2 c=3", "c: T_Add has no such parameter; it takes a, b"),
        arguments("Add a=1 b=2 sum=3", "sum: T_Add gives this back"),
        arguments("Fetch nmae=x", "nmae: T_Fetch has no such parameter; did you mean 'name'?"),
        arguments("Add a=1 b=2147483648", "b: 2147483648 is outside -2147483648..2147483647"),
        arguments("Add a=1 b=two", "b: expected a whole number, found 'two'"),
        arguments("Add a=1 b=2.5", "b: expected a whole number, found '2.5'"),
        arguments("Add a=1 b=2 a=3", "a: this parameter is given twice"),
        arguments("Add a=1 b", "'b' is no parameter: write NAME=VALUE; it takes a, b"),
        arguments("Add a.x=1 b=1", "a.x: int has no fields"),
        arguments("Ping a=1", "a: T_Ping has no such parameter; it takes none"),
        arguments("Small s=1 us=-1 c=0 uc=0 b=1", "us: -1 is outside 0..65535"),
        arguments("Small s=1 us=1 c=0 uc=256 b=1", "uc: 256 is outside 0..255"),
        arguments("Small s=1 us=1 c=0 uc=0 b=maybe", "b: expected true or false, found 'maybe'"),
        arguments("Fetch name=0123456789abc", "name: 13 octets, where 12 is the most"),
        arguments("Fetch name=\"x", "name: this is no JSON"),
        arguments(
            "Texts s=1 n=12345 b=0000 e=000000 o= id=00000000-0000-0000-0000-000000000000",
            "n: 5 octets, where 4 is the most"),
        arguments(
            "Texts s=1 n=1 b=00 e=000000 o= id=00000000-0000-0000-0000-000000000000",
            "b: 1 octets, where there must be 2"),
        arguments(
            "Texts s=1 n=1 b=0000 e=000000 o=0 id=00000000-0000-0000-0000-000000000000",
            "o: expected octets as pairs of hexadecimal digits, found '0'"),
        arguments("Texts s=1 n=1 b=0000 e=000000 o= id=x", "id: expected a UUID, found 'x'"),
        arguments("Lists l=1 w=[] c=[] m=null ms=[]", "l: expected a list, found 1"),
        arguments("Lists l=[1,2 w=[] c=[] m=null ms=[]", "l: the JSON ends too early"),
        arguments("Lists l=[1]] w=[] c=[] m=null ms=[]", "l: "),
        arguments("Lists l=[1,2,3,4] w=[] c=[] m=null ms=[]", "l: 4 elements, where 3 is the most"),
        arguments(
            "Lists l=[1,9223372036854775808] w=[] c=[] m=null ms=[]",
            "l[1]: 9223372036854775808 is outside"),
        arguments("Lists l=[] w=[\"0123456789\"] c=[] m=null ms=[]", "w[0]: 10 octets, where 9 is"),
        arguments("Lists l=[] w=[] c=[{\"valeu\":1}] m=null ms=[]", "c[0].valeu: node has no"),
        arguments("Lists l=[] w=[] c=[] m={\"x\":1,\"x\":2} ms=[]", "m: x: this name stands twice"),
        arguments("Shapes e.nmae=x", "e.nmae: entry has no such field; did you mean 'name'?"),
        arguments("Shapes e.at.z=x", "e.at.z: point has no such field"),
        arguments("Shapes e={} u={} k=A", "e.name: this field of entry is missing"),
        arguments("Shapes e=[] e.name=x", "e: this is no object"),
        arguments("Shapes e.name=x e={}", "e: this parameter is given twice"),
        arguments("Adds a=1 b=2", "no procedure is called 'Adds' in"),
        arguments("T_Stroe length=1", "did you mean 'T_Store'?"),
        arguments("Stroe length=1", "did you mean 'Store'?"),
        arguments("Time", "write T_Time or O_Time"),
        arguments("O_Time", "zone: this parameter of Time is missing"),
        arguments("", "which procedure?"),
        arguments("Add a=1 b=2 --in /dev/null", "--in is for the data of split calls"),
        arguments("Add a=1 b=2 --out x", "--out is for the data of split calls"),
        arguments("Add a=1 b=2 --hex 00", "exclude each other"),
        arguments("Add a=1 b=2 --hex-out", "exclude each other"),
        arguments("Add --json-in /no/such/file", "/no/such/file: no such file"),
        arguments("Store length=0 --in /no/such/file", "/no/such/file: no such file"),
        arguments("Store length=0 --out /no/such/folder/x", "no such file or directory"),
        arguments("Store length=0 --out - --json", "stdout can only have one of them"),
        arguments("Store length=0 --in - --json-in -", "stdin can only be one of them"),
        arguments("Store length=0 --out-bytes 3", "--out-bytes needs --out FILE"),
        arguments("Remark --out x", "T_Remark have no fixed length: say by --out-bytes"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatDoesNotFitIsRefusedByNameBeforeAnythingIsSent(String words, String message)
      throws IOException {
    try (DatagramChannel nobody = DatagramChannel.open()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      nobody.configureBlocking(false);
      int port = ((InetSocketAddress) nobody.getLocalAddress()).getPort();
      String line = ("call 127.0.0.1:" + port + "/52 " + words).strip();
      CommandRun run = CommandRun.of(types.with(line.split(" ")));
      assertThat(run.err()).startsWith("rxrpc: ").contains(message).hasLineCount(1);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.out().startsWith("{\"error\":") || run.out().isEmpty()).isTrue();
      assertThat(nobody.receive(ByteBuffer.allocate(1))).as("what was sent").isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call localhost/vl Add a=1 | takes --xg FILE",
        "call localhost/vl --json-in x | --json-in needs --xg FILE",
        "call localhost/vl --in x | --in needs --xg FILE",
        "call localhost/vl -I x | -I needs --xg FILE",
        "call localhost/vl -D x | -D needs --xg FILE",
        "call localhost/vl --errors x | --errors needs --xg FILE",
        "call localhost/vl Add --xg /no/such.xg | /no/such.xg: no such file or directory",
        "serve 0/52 --answer x | --answer needs --xg",
        "serve 0/52 --echo --xg x | --xg needs --answer",
        "serve 0/52 --echo -v | -v needs --answer",
        "serve 0/52 --echo --answer x | mutually exclusive"
      })
  void optionsThatMeanNothingAreRefused(String line, String message) {
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.err()).contains(message.strip()).hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void mistakesOfADescriptionAreToldAtTheirPlaces() throws IOException {
    String file = types.file("bad.xg", "package B_\nAdd(IN itn a) = 1;\nAdd(IN int a) = 1;\n");
    CommandRun run = CommandRun.of("call", "localhost/vl", "Add", "--xg", file);
    assertThat(run.err()).contains("bad.xg:2:").contains("bad.xg:3:").contains("is wrong");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aJsonFileThatIsNoTextIsRefused() throws IOException {
    Path file = Files.write(directory.resolve("latin.json"), new byte[] {'{', (byte) 0xff, '}'});
    CommandRun run =
        CommandRun.of(types.with("call", "localhost/vl", "Ping", "--json-in", file.toString()));
    assertThat(run.err()).contains("latin.json").contains("UTF-8").hasLineCount(1);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "-455, RXGEN_OPCODE, RXGEN_OPCODE (-455)",
    "363524, VL_NOENT, VL_NOENT (363524): no such entry",
    "4711, , 4711"
  })
  void anAbortIsToldByTheServicesOwnName(int code, String name, String text) throws IOException {
    String table =
        types.file(
            "vl.et",
            """
            error_table VL
            index 4
            ec VL_NOENT, "no such entry"
            end
            """);
    CallHandler aborting =
        call -> {
          throw new CallAbort(code);
        };
    try (RxrpcEndpoint server = serving(aborting)) {
      String[] line =
          types.with("call", target(server), "Add", "a=1", "b=2", "--errors", table, "--json");
      CommandRun run = CommandRun.of(line);
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err())
          .isEqualTo("rxrpc: T_Add at " + target(server) + " failed: " + text + "\n");
      JsonObject error = run.json().getAsJsonObject().getAsJsonObject("error");
      assertThat(error.get("abort_code").getAsInt()).isEqualTo(code);
      assertThat(error.get("procedure").getAsString()).isEqualTo("T_Add");
      assertThat(error.has("abort_name") ? error.get("abort_name").getAsString() : null)
          .isEqualTo(name);
    }
  }

  @Test
  void aReplyThatIsNoneExitsFourWithItsPlace() throws IOException {
    try (RxrpcEndpoint server = serving(CallHandler.blob(request -> new byte[2]))) {
      CommandRun run = CommandRun.of(types.with("call", target(server), "Add", "a=1", "b=2"));
      assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
      assertThat(run.err()).contains("T_Add.sum, octet 0").contains("RXGEN_CC_UNMARSHAL (-451)");
    }
  }

  @Test
  void nobodyThereExitsFour() throws IOException {
    int port;
    try (DatagramChannel free = DatagramChannel.open()) {
      free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      port = ((InetSocketAddress) free.getLocalAddress()).getPort();
    }
    CommandRun run =
        CommandRun.of(
            types.with("call", "127.0.0.1:" + port + "/52", "Ping", "--port-kind", "linux"));
    assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err()).startsWith("rxrpc: 127.0.0.1:" + port).contains("ECONNREFUSED");
  }

  @Test
  void severalServersAreCalledAtOnce() throws IOException {
    CallHandler seven = CallHandler.blob(request -> new byte[] {0, 0, 0, 7});
    CallHandler no =
        call -> {
          throw new CallAbort(4711);
        };
    try (RxrpcEndpoint one = serving(seven);
        RxrpcEndpoint other = serving(seven);
        RxrpcEndpoint failing = serving(no)) {
      String targets = target(one) + "," + target(other);
      CommandRun run = CommandRun.of(types.with("call", targets, "T_Time"));
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .contains(target(one) + ":\nseconds: 7\n", target(other) + ":\nseconds: 7\n");

      CommandRun json =
          CommandRun.of(types.with("call", targets + "," + target(failing), "T_Time", "--json"));
      assertThat(json.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(json.err()).contains(target(failing) + " failed: 4711").hasLineCount(1);
      List<JsonObject> lines =
          json.out().lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
      assertThat(lines).hasSize(3);
      assertThat(lines)
          .filteredOn(l -> l.has("results"))
          .extracting(l -> l.get("target").getAsString())
          .containsExactlyInAnyOrder(target(one), target(other));
      assertThat(lines)
          .filteredOn(l -> l.has("error"))
          .extracting(l -> l.getAsJsonObject("error").get("target").getAsString())
          .containsExactly(target(failing));
    }
  }
}
