// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rxrpc udebug} tells of real database servers what udebug prints. */
@Needs(Peer.CELL)
class UdebugIT {
  @ParameterizedTest
  @CsvSource({"vl, 7003", "pt, 7002"})
  void itTellsWhatUdebugPrints(String service, String port, Cell cell) {
    String host = cell.address().getHostAddress();
    String printed = Programs.run("udebug", host, port, "-long").ok().out();
    Programs.Result run = CommandIT.rxrpc("udebug", host + "/" + service, "--long", "--json");
    assertThat(run.exit()).as(run.toString()).isZero();
    JsonObject told = JsonParser.parseString(run.out()).getAsJsonObject();

    List<String> addresses = new ArrayList<>();
    for (JsonElement address : told.getAsJsonArray("addresses")) {
      addresses.add(address.getAsString());
    }
    String line = found(printed, "Host's addresses are: (.*)");
    assertThat(addresses).containsExactlyInAnyOrder(line.strip().split("\\s+"));
    assertThat(told.get("local_version").getAsString())
        .isEqualTo(found(printed, "Local db version is (\\S+)"));
    assertThat(printed.contains("I am sync site forever"))
        .isEqualTo(told.get("sync_site_forever").getAsBoolean());
    assertThat(printed.contains("I am sync site")).isEqualTo(told.get("sync_site").getAsBoolean());
    assertThat(told.get("servers").getAsString()).isEqualTo(found(printed, "\\((\\d+) server"));
    assertThat(Integer.toHexString(told.get("recovery_state").getAsInt()))
        .isEqualTo(found(printed, "Recovery state (\\S+)"));
    assertThat(told.get("locked_pages").getAsString())
        .isEqualTo(found(printed, "(\\d+) locked pages"));
    assertThat(told.get("write_locked_pages").getAsString())
        .isEqualTo(found(printed, "locked pages, (\\d+) of them for write"));
    assertThat(told.getAsJsonArray("others"))
        .hasSize(
            (int) Pattern.compile("^Server", Pattern.MULTILINE).matcher(printed).results().count());
    assertThat(Math.abs(told.get("seconds_ahead").getAsInt())).isLessThan(10);
    assertThat(told.get("last_yes_for_sync_site").getAsBoolean())
        .as(printed)
        .isEqualTo(printed.contains("secs ago (sync site)"));
    assertThat(told.getAsJsonObject("last_yes").get("address").getAsString())
        .isEqualTo(found(printed, "Last yes vote for (\\S+) was"));
    assertThat(told.get("sync_version").getAsString())
        .isEqualTo(found(printed, "Sync site's db version is (\\S+)"));
    // the counter goes on with each call
    String epoch = found(printed, "The last trans I handled was (\\d+)\\.");
    assertThat(told.get("transaction").getAsString()).startsWith(epoch + ".");
  }

  @Test
  void aPersonReadsTheSame(Cell cell) {
    Programs.Result run = CommandIT.rxrpc("udebug", cell.address().getHostAddress());
    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.out())
        .contains("role          sync site for ever, of 1 server")
        .contains("recovery      1f: sync site, found best, has best, labelled, sent to all");
  }

  /** A file server holds no database: it says so by a code with a name. */
  @Test
  void aServerWithoutADatabaseIsTold(Cell cell) {
    Programs.Result run = CommandIT.rxrpc("udebug", cell.address().getHostAddress() + ":7000");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("RX_INVALID_OPERATION (-2)").hasLineCount(1);
  }

  @Test
  void proceduresAreCalledByTheirNames(Cell cell) {
    String host = cell.address().getHostAddress();
    Programs.Result entry =
        CommandIT.rxrpc("call", host + "/vl", "GetEntryByNameU", "name=root.cell");
    assertThat(entry.exit()).as(entry.toString()).isZero();
    String id =
        found(cell.run("vos", "examine", "root.cell", "-format").ok().out(), "id\\s+(\\d+)");
    assertThat(entry.out()).contains("name: root.cell", id);
    assertThat(CommandIT.rxrpc("call", host + "/bos", "GetCellName").out())
        .isEqualTo("name: test.example\n");
    Programs.Result time = CommandIT.rxrpc("call", host + "/fs", "GetTime", "--json");
    assertThat(time.exit()).as(time.toString()).isZero();
    Programs.Result none = CommandIT.rxrpc("call", host + "/vl", "GetEntryByNameU", "name=nope");
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.err()).contains("VL_NOENT (363524): ");
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }
}
