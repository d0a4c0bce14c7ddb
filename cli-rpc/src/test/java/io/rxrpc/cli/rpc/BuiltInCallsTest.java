// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code rxrpc call} with procedures of the services of AFS, which need no description. */
class BuiltInCallsTest {
  private static final String UUID = "0086e5d4-8bf8-1b0d-8e05-0100017faa77";

  @TempDir private Path directory;

  /** Service, procedure, parameters as a JSON object, and what comes back as one. */
  static Stream<Arguments> calls() {
    return Stream.of(
        arguments("vl", "ProbeServer", "{}", "{}"),
        arguments("vl", "GetNewVolumeId", "{'bumpcount': 3}", "{'newvolumid': 536870915}"),
        arguments("vl", "GetNewVolumeId", "{'bumpcount': 0}", "{'newvolumid': 4294967295}"),
        arguments(
            "vl",
            "VL_GetAddrsU",
            "{'inaddr': {'Mask': 4, 'ipaddr': 2130706433, 'index': 0, 'spare1': 0, 'uuid': '"
                + UUID
                + "'}}",
            "{'uuidp1': '"
                + UUID
                + "', 'uniquifier': 4, 'nentries': 2, 'blkaddrs': [2130706433, 4294967295]}"),
        arguments(
            "vl",
            "RegisterAddrs",
            "{'uuidp': '" + UUID + "', 'spare1': 0, 'ipaddr': [1, 2]}",
            "{}"),
        arguments("pt", "NameToID", "{'nlist': ['anna', 'christian']}", "{'ilist': [4, 9]}"),
        arguments("pt", "IDToName", "{'ilist': [1, -204]}", "{'nlist': ['user1', 'user-204']}"),
        arguments("pt", "NewEntry", "{'name': 'staff', 'flag': 2, 'oid': 0}", "{'id': -5}"),
        arguments("pt", "ListOwned", "{'id': 7, 'lastp': 1}", "{'elist': [7, -7], 'lastp': 2}"),
        arguments("pt", "AddToGroup", "{'uid': 1, 'gid': -2}", "{}"),
        arguments(
            "vol",
            "TransCreate",
            "{'volume': 536870915, 'partition': 1, 'flags': 2}",
            "{'trans': 536870918}"),
        arguments("vol", "XListPartitions", "{}", "{'partIDs': [0, 1, 25]}"),
        arguments(
            "vol",
            "PartitionInfo64",
            "{'name': '/vicepa'}",
            "{'partition': {'name': '/vicepa', 'devName': '/dev/sda1', 'lock_fd': -1,"
                + " 'totalUsable': 1099511627776, 'free': 549755813888, 'minFree': 7}}"),
        arguments("fs", "GetTime", "{}", "{'Seconds': 1900000000, 'USeconds': 5}"),
        arguments(
            "fs",
            "GiveUpCallBacks",
            "{'Fids_Array': [{'Volume': 1, 'Vnode': 2, 'Unique': 3}], 'CallBacks_Array': []}",
            "{}"),
        arguments("cb", "ProbeUuid", "{'clientUuid': '" + UUID + "'}", "{}"),
        arguments(
            "cb",
            "GetServerPrefs",
            "{'serverIndex': 4}",
            "{'srvrAddr': 2130706433, 'srvrRank': 8}"),
        arguments("bos", "EnumerateInstance", "{'instance': 2}", "{'iname': 'instance2'}"),
        arguments("bos", "GetCellName", "{}", "{'name': 'example.org'}"),
        arguments(
            "bos",
            "SetRestartTime",
            "{'type': 1, 'restartTime': {'mask': 3, 'hour': 4, 'min': 5, 'sec': 0, 'day': 0}}",
            "{}"),
        arguments("disk", "GetVersion", "{}", "{'Version': {'epoch': 1700000000, 'counter': 12}}"),
        arguments("disk", "Probe", "{}", "{}"),
        arguments("stats", "QueryRPCStatsVersion", "{}", "{'ver': 1}"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void parametersGoInAsJsonAndResultsComeOutAsJson(
      String service, String procedure, String in, String out) throws IOException {
    try (ServedCell cell = new ServedCell()) {
      Path file = Files.writeString(directory.resolve("in.json"), json(in));
      String target = cell.serve(service);
      CommandRun run =
          CommandRun.of("call", target, procedure, "--json-in", file.toString(), "--json");
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.json().getAsJsonObject().get("results")).isEqualTo(parsed(out));
      // the same by words: whatever is no number or text is JSON there
      List<String> words = new ArrayList<>(List.of("call", target, procedure, "--json"));
      parsed(in)
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> words.add(e.getKey() + "=" + word(e.getValue())));
      CommandRun again = CommandRun.of(words.toArray(String[]::new));
      assertThat(again.err()).isEmpty();
      assertThat(again.json().getAsJsonObject().get("results")).isEqualTo(parsed(out));
    }
  }

  @Test
  void serversHearWhatIsAsked() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      CommandRun.of(
          "call",
          cell.serve("bos"),
          "SetRestartTime",
          "type=1",
          "time={\"mask\":3,\"hour\":4,\"min\":5,\"sec\":6,\"day\":0}");
      CommandRun.of("call", cell.serve("cb"), "ProbeUuid", "uuid=" + UUID);
      CommandRun.of("call", cell.serve("pt"), "AddToGroup", "uid=1", "gid=-2");
      assertThat(cell.heard)
          .containsExactly(
              "SetRestartTime 1 BozoNetKTime[mask=3, hour=4, min=5, sec=6, day=0]",
              "ProbeUuid " + UUID,
              "AddToGroup 1 -2");
    }
  }

  @Test
  void aVolumeIsFoundByItsName() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String target = cell.serve("vl");
      CommandRun run = CommandRun.of("call", target, "GetEntryByNameU", "name=root.cell");
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("entry:\n  name: root.cell\n  nServers: 1\n").contains(UUID);
      CommandRun entry =
          CommandRun.of(
              "call", target, "GetEntryByIDN", "volid=4294967295", "voltype=-1", "--json");
      JsonObject results = entry.json().getAsJsonObject().getAsJsonObject("results");
      assertThat(results.getAsJsonObject("entry").get("name").getAsString())
          .isEqualTo("v4294967295.-1");
    }
  }

  /** Without a label it is the number of the service that tells. */
  @Test
  void theNumberOfAServiceIsEnough() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      assertThat(CommandRun.of("call", cell.serve("vl"), "vl.ProbeServer").code()).isZero();
      String byNumber = cell.serve("vl").replace("/vl", "/52");
      assertThat(CommandRun.of("call", byNumber, "ProbeServer").code()).isZero();
      // three services have the number 1: the procedure tells which
      String overseer = cell.serve("bos").replace("/bos", "/1");
      assertThat(CommandRun.of("call", overseer, "GetCellName").out())
          .isEqualTo("name: example.org\n");
      CommandRun several = CommandRun.of("call", overseer, "XStatsVersion");
      assertThat(several.code()).isEqualTo(ExitCode.USAGE);
      assertThat(several.err())
          .contains("RXAFS_XStatsVersion", "RXAFSCB_XStatsVersion")
          .hasLineCount(1);
    }
  }

  @Test
  void dataOfSplitCallsGoesToAFile() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      Path out = directory.resolve("data");
      CommandRun run =
          CommandRun.of(
              "call",
              cell.serve("fs"),
              "FetchData64",
              "Fid={\"Volume\":1,\"Vnode\":2,\"Unique\":3}",
              "Pos=1",
              "Length=3",
              "--out",
              out.toString(),
              "--json");
      assertThat(run.err()).isEmpty();
      assertThat(run.json().getAsJsonObject().get("bytes_received").getAsInt()).isEqualTo(11);
      assertThat(Files.readAllBytes(out)).endsWith('b', 'b', 'b');
      CommandRun dump =
          CommandRun.of("call", cell.serve("vol"), "Dump", "fromTrans=7", "date=0", "--out", "-");
      assertThat(dump.out()).isEqualTo("dump of 7");
    }
  }

  @Test
  void anAbortCarriesItsNameAndMeaning() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String target = cell.serve("vl");
      CommandRun run = CommandRun.of("call", target, "GetEntryByNameU", "name=nope", "--json");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("VL_NOENT (363524): ").hasLineCount(1);
      JsonObject error = run.json().getAsJsonObject().getAsJsonObject("error");
      assertThat(error.get("abort_name").getAsString()).isEqualTo("VL_NOENT");
      CommandRun errno = CommandRun.of("call", cell.serve("fs"), "GetRootVolume");
      assertThat(errno.err()).contains("EDQUOT (122): ").hasLineCount(1);
      // a call of octets knows it, too
      CommandRun blob = CommandRun.of("call", target, "--hex", "0000020f 00000004 6e6f7065");
      assertThat(blob.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(blob.err()).contains("VL_NOENT (363524)");
    }
  }

  /** Whatever is wrong is told before anything is sent, with the name of the parameter. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vl | GetEntyByNameU name=x | 'GetEntyByNameU' | did you mean 'GetEntryByNameU'?",
        "vl | getaddrs Handle=0 spare2=0 | 'getaddrs' | did you mean 'GetAddrs'?",
        "vl | GetEntryByNameU | volumename | volumename",
        "vl | GetEntryByNameU volumenaem=x | volumenaem | did you mean 'volumename'?",
        "vl | GetEntryByNameU entry=x | entry | gives this back",
        "vl | GetEntryByIDN Volid=-1 voltype=0 | Volid | -1 is outside 0..4294967295",
        "vl | GetEntryByIDN Volid=4294967296 voltype=0 | Volid | 4294967296 is outside",
        "vl | GetEntryByIDN Volid=1 voltype=2147483648 | voltype | outside -2147483648..2147483647",
        "vl | GetEntryByIDN Volid=one voltype=0 | Volid | 'one'",
        "vl | GetEntryByIDN Volid=1 | voltype | voltype",
        "vl | GetEntryByIDN Volid=1 volid=2 voltype=0 | Volid | twice",
        "vl | RegisterAddrs uuidp=x spare1=0 ipaddr=[] | uuidp | UUID",
        "vl | GetEntryByNameU name=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | volumename | 65",
        "pt | NameToID nlist=anna | nlist | JSON",
        "pt | ListMax id=1 | id | it takes none",
        "fs | FetchStatus Fid.Volume=1 Fid.Vnode=1 | Fid | Unique",
        "fs | FetchStatus Fid.Volme=1 | Volme | did you mean 'Volume'?",
        "bos | SetStatus instance=fs status=99999999999 | status | 99999999999 is outside",
        "fs | Rename name=x | name | write OldName or NewName",
        "vl | ProbeServer -I /tmp | -I | needs --xg",
        "vl | ProbeServer -D x=1 | -D | needs --xg",
        "vol | Dump fromTrans=x fromDate=0 | fromTrans | 'x'"
      })
  void whatIsWrongIsToldAndNothingIsSent(String service, String words, String named, String says)
      throws IOException {
    try (DatagramChannel nobody = DatagramChannel.open()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      nobody.configureBlocking(false);
      int port = ((InetSocketAddress) nobody.getLocalAddress()).getPort();
      CommandRun run =
          CommandRun.of(("call 127.0.0.1:" + port + "/" + service + " " + words).split(" "));
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(named).contains(says).hasLineCount(1);
      assertThat(run.out()).isEmpty();
      assertThat(nobody.receive(ByteBuffer.allocate(64))).as("nothing was sent").isNull();
    }
  }

  @Test
  void severalServersAreAskedAtOnce() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String both = cell.serve("pt") + "," + cell.serve("pt");
      CommandRun run = CommandRun.of("call", both, "NameToID", "nlist=[\"anna\"]", "--json");
      assertThat(run.out().lines()).hasSize(2).allSatisfy(l -> assertThat(l).contains("[4]"));
      CommandRun mixed =
          CommandRun.of("call", cell.serve("pt") + "," + cell.serve("vl"), "ListMax");
      assertThat(mixed.code()).isEqualTo(ExitCode.USAGE);
      assertThat(mixed.err()).contains("different services").hasLineCount(1);
    }
  }

  @Test
  void answersByExampleNeedNoDescriptionEither() throws Exception {
    Path answers =
        Files.writeString(
            directory.resolve("answers.json"),
            "{\"ListMax\": {\"uid\": 7, \"gid\": -8}, \"NameToID\": {\"abort\": \"PRNOENT\"}}");
    try (RunningCommand server =
        RunningCommand.start("serve", "0/pt", "--answer", answers.toString())) {
      CommandRun max = CommandRun.of("call", server.target(), "ListMax");
      assertThat(max.out()).isEqualTo("uid: 7\ngid: -8\n");
      CommandRun refused = CommandRun.of("call", server.target(), "NameToID", "nlist=[]");
      assertThat(refused.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(refused.err()).contains("PRNOENT (267268)");
    }
  }

  @Test
  void aRequestOfOctetsIsStillOne() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String target = cell.serve("vl");
      assertThat(CommandRun.of("call", target, "--hex", "00000202").code()).isZero();
      byte[] probe = {0, 0, 2, 2};
      assertThat(CommandRun.withInput(probe, "call", target, "-").code()).isZero();
      assertThat(CommandRun.withInput(probe, "call", target).code()).isZero();
      CommandRun both = CommandRun.of("call", target, "ProbeServer", "--hex", "00000202");
      assertThat(both.code()).isEqualTo(ExitCode.USAGE);
      assertThat(both.err()).hasLineCount(1);
      assertThat(cell.heard).hasSize(3);
    }
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  private static JsonElement parsed(String quoted) {
    return JsonParser.parseString(json(quoted));
  }

  private static String word(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  /** Keeps the test honest about octets: what is sent is UTF-8. */
  @Test
  void textIsUtf8() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      CommandRun run =
          CommandRun.of("call", cell.serve("pt"), "NewEntry", "name=änne", "flag=0", "oid=0");
      assertThat(run.out()).isEqualTo("id: 4\n");
      assertThat("änne".getBytes(StandardCharsets.UTF_8)).hasSize(5);
    }
  }
}
