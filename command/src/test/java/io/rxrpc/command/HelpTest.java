// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says of itself, and to those who mistype. */
class HelpTest {
  private static final int WIDTH = 80;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"call", "serve", "perf client", "key add", "debug", "klog"})
  void helpOfAVerbIsItsHelp(String verb) {
    CommandRun help = CommandRun.of(("help " + verb).split(" "));
    assertThat(help.err()).isEmpty();
    assertThat(help.code()).isZero();
    assertThat(help.out()).isEqualTo(CommandRun.of((verb + " --help").split(" ")).out());
  }

  @Test
  void helpAloneIsTheHelpOfAll() {
    assertThat(CommandRun.of("help").out()).isEqualTo(CommandRun.of("--help").out());
  }

  @Test
  void helpOfNoVerbSaysSo() {
    CommandRun run = CommandRun.of("help", "cal");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("'cal'").contains("did you mean 'call'?").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cal localhost/vl | call",
        "serv 0/52 --echo | serve",
        "tunabels | tunables",
        "key lst | list",
        "perf cleint localhost --rpc | client",
        "example sever | server",
        "call localhost/v1 --hex 00 | vl",
        "call localhost/bso --hex 00 | bos",
        "serve 0/rxpref --echo | rxperf",
        "call localhost/vl --set tx-windw=3 | tx-window",
        "call localhost/vl --set txwindow=3 | tx-window",
        "call localhost/vl --hexx 00 | --hex",
        "call localhost/vl --jsn | --json",
        "call localhost/vl --timout=3s | --timeout",
        "call localhost/vl --port-kind nioo | nio",
        "call localhost/vl --level encrpyt --localauth x | encrypt",
        "debug localhost:7003 verson | version",
        "debug localhost:7003 conections | connections",
        "tunables tx-windw | tx-window",
        "udbug localhost | udebug",
        "rpc shwo vl.GetEntryByNameU | show",
        "call localhost/vl GetEntyByNameU name=x | GetEntryByNameU"
      })
  void whoMistypesIsToldWhatMayHaveBeenMeant(String line, String meant) {
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("did you mean '" + meant.strip() + "'?").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xyzzy", "call localhost/xyzzy", "call localhost/vl --xyzzy"})
  void nothingIsMadeUpForWhatIsLikeNothing(String line) {
    CommandRun run = CommandRun.of(line.split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("xyzzy").doesNotContain("did you mean").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "call --help",
        "serve --help",
        "perf --help",
        "perf client --help",
        "perf server --help",
        "perf local --help",
        "example --help",
        "example server --help",
        "example client --help",
        "soak --help",
        "debug --help",
        "klog --help",
        "tokens --help",
        "unlog --help",
        "key --help",
        "key add --help",
        "key list --help",
        "key show --help",
        "key revoke --help",
        "tunables --help",
        "completion --help",
        "rpc --help",
        "rpc list --help",
        "rpc show --help",
        "error --help",
        "udebug --help",
        "afsdump --help",
        "afsdump ls --help",
        "afsdump cat --help",
        "afsdump check --help",
        "afsdump extract --help",
        "help --help",
        "tunables",
        ""
      })
  void everythingFitsEightyColumns(String line) {
    CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(WIDTH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "example server", "example client"})
  void optionsThatAreRefusedAreNotOffered(String verb) {
    String help = CommandRun.of((verb + " --help").split(" ")).out();
    assertThat(help).doesNotContain("--json", "--pcap", "--port-kind", "--set").contains("--help");
    assertThat(CommandRun.of("call", "--help").out()).contains("--json", "--pcap");
  }

  @Test
  void tunablesAreFiltered() {
    CommandRun run = CommandRun.of("tunables", "ack");
    assertThat(run.out()).contains("soft-ack-delay", "final-ack-delay").doesNotContain("tx-window");
    assertThat(CommandRun.of("tunables", "ack", "final").out())
        .contains("final-ack-delay")
        .doesNotContain("soft-ack-delay");
    assertThat(CommandRun.of("tunables", "rto-min", "--json").json().getAsJsonArray()).hasSize(1);
    assertThat(CommandRun.of("tunables", "RXRPC_RTO_MIN").out()).contains("rto-min");
    CommandRun none = CommandRun.of("tunables", "xyzzy");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("'xyzzy'").hasLineCount(1);
  }

  @Test
  void aShellCompletesTheCommand() throws IOException, InterruptedException {
    CommandRun run = CommandRun.of("completion");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    Path script = Files.write(directory.resolve("rxrpc.bash"), run.stdout());
    assertThat(completed(script, "cal")).isEqualTo("call");
    assertThat(completed(script, "rpc list bo")).isEqualTo("bos");
    assertThat(completed(script, "rpc show vl.GetEntryByNameU")).isEqualTo("vl.GetEntryByNameU");
    assertThat(completed(script, "error VL_NOEN")).isEqualTo("VL_NOENT");
    assertThat(completed(script, "call h/vl GetEntryByNameU")).isEqualTo("GetEntryByNameU");
  }

  /** What a shell would write instead of the last word. */
  private static String completed(Path script, String words)
      throws IOException, InterruptedException {
    int last = words.split(" ").length;
    String ask =
        "compopt() { :; }; . "
            + script
            + " && COMP_WORDS=(rxrpc "
            + words
            + ") COMP_CWORD="
            + last
            + " && _complete_rxrpc"
            + " && echo \"${COMPREPLY[*]}\"";
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }
}
