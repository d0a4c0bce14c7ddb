// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rxrpc udebug} at generated servers of a database. */
class UdebugCommandTest {
  private static final int VOTE = 50;

  private static String serve(ServedCell cell, SampleDatabaseServer server) throws IOException {
    return cell.serve("vote", VOTE, server.dispatcher()).replace("/vote", "");
  }

  @Test
  void theSyncSiteTellsOfItsVotersToo() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      CommandRun run = CommandRun.of("udebug", serve(cell, SampleDatabaseServer.syncSite()));
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .contains("addresses 192.0.2.1, 198.51.100.1\n")
          .contains("ahead of this machine's: one of them may be wrong")
          .contains("role          sync site for 58 s without another vote, of 3 servers")
          .contains("sync site     192.0.2.1, heard of 1 s ago")
          .contains(
              "last vote     yes for 192.0.2.1, the sync site, 1 s ago; the election began 2 s")
          .contains("database      version 940902602.674 here, 940902602.674 at the sync site")
          .contains("recovery      f: sync site, found best, has best, labelled\n")
          .contains("locks         4 pages, 1 of them for writing; there are read locks; there are")
          .contains("transactions  one that writes; the database is being written; the last was")
          .contains("labelled      129588 s ago")
          .contains("\n\n192.0.2.2, 192.0.3.2\n")
          .contains("database      version 940902602.674, current")
          .contains("last vote     yes, 2 s ago; last beacon 1 s ago")
          .contains("state         up, answered since")
          .contains("\n\n192.0.2.3, 192.0.3.3\n")
          .contains("database      version 0.0, not current")
          .contains("last vote     no, never; last beacon 1 s ago")
          .contains("state         down, has not answered since");
    }
  }

  @Test
  void jsonHasStableNames() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      JsonObject json =
          CommandRun.of("udebug", serve(cell, SampleDatabaseServer.syncSite()), "--json")
              .json()
              .getAsJsonObject();
      assertThat(json.get("sync_site").getAsBoolean()).isTrue();
      assertThat(json.get("sync_site_forever").getAsBoolean()).isFalse();
      assertThat(json.get("sync_site_seconds").getAsInt()).isEqualTo(58);
      assertThat(json.get("servers").getAsInt()).isEqualTo(3);
      assertThat(json.get("clone").getAsBoolean()).isFalse();
      assertThat(json.get("local_version").getAsString()).isEqualTo("940902602.674");
      assertThat(json.get("recovery_state").getAsInt()).isEqualTo(15);
      assertThat(json.get("recovery").toString())
          .isEqualTo("[\"sync_site\",\"found_best\",\"has_best\",\"labelled\"]");
      assertThat(json.getAsJsonObject("last_yes").get("address").getAsString())
          .isEqualTo("192.0.2.1");
      JsonArray others = json.getAsJsonArray("others");
      assertThat(others).hasSize(2);
      assertThat(others.get(0).getAsJsonObject().get("up").getAsBoolean()).isTrue();
      assertThat(others.get(1).getAsJsonObject().get("last_vote_seconds_ago").isJsonNull())
          .isTrue();
    }
  }

  @Test
  void anotherServerTellsOfTheOthersWhenAsked() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String target = serve(cell, SampleDatabaseServer.secondary());
      String out = CommandRun.of("udebug", target).out();
      assertThat(out)
          .contains("role          not the sync site")
          .contains("sync site     192.0.2.1, heard of 6 s ago")
          .contains("lowest host   192.0.2.1, heard of 6 s ago")
          .doesNotContain("recovery", "\n\n");
      assertThat(CommandRun.of("udebug", target, "--long").out()).contains("\n\n192.0.2.1, ");
    }
  }

  @Test
  void aLoneServerIsSyncSiteForEver() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String target = serve(cell, SampleDatabaseServer.alone());
      assertThat(CommandRun.of("udebug", target).out())
          .contains("role          sync site for ever, of 1 server\n")
          .contains("sync site     this server")
          .contains("last vote     yes for 127.0.0.1, the sync site, 0 s ago")
          .contains("version 1899999940.3 here, 1899999940.3 at the sync site");
      JsonObject json = CommandRun.of("udebug", target, "--json").json().getAsJsonObject();
      assertThat(json.get("sync_site_forever").getAsBoolean()).isTrue();
      assertThat(json.get("sync_site_seconds").isJsonNull()).isTrue();
      assertThat(json.getAsJsonObject("last_yes").get("address").getAsString())
          .isEqualTo("127.0.0.1");
      assertThat(json.get("last_yes_for_sync_site").getAsBoolean()).isTrue();
      assertThat(json.getAsJsonArray("others")).isEmpty();
    }
  }

  @Test
  void serversFromBeforeThereWereClonesAreAskedTheOldWay() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      JsonObject json =
          CommandRun.of(
                  "udebug", serve(cell, SampleDatabaseServer.syncSite().asAnOldOne()), "--json")
              .json()
              .getAsJsonObject();
      assertThat(json.get("clone").isJsonNull()).isTrue();
      assertThat(json.getAsJsonArray("others")).hasSize(2);
    }
  }

  @Test
  void eachOfSeveralIsAsked() throws IOException {
    try (ServedCell cell = new ServedCell()) {
      String first = serve(cell, SampleDatabaseServer.syncSite());
      String second = serve(cell, SampleDatabaseServer.secondary());
      String overseer = cell.serve("bos").replace("/bos", "");
      List<String> lines = CommandRun.of("udebug", first, second, "--json").out().lines().toList();
      assertThat(lines).hasSize(2);
      CommandRun mixed = CommandRun.of("udebug", overseer, second);
      assertThat(mixed.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(mixed.err()).contains(overseer, "RX_INVALID_OPERATION (-2)").hasLineCount(1);
      assertThat(mixed.out()).contains("not the sync site");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "udebug | HOST",
        "udebug localhost:many | 'many'",
        "udebug localhost/xyzzy | 'xyzzy'",
        "udebug localhost --timeout soon | 'soon'"
      })
  void wrongUsageIsOneLine(String line, String says) {
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(says).hasLineCount(1);
  }
}
