// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.WellKnownService;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar, the help, and what wrong command lines get. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cal localhost/vl | 'cal'",
        "call | HOST:PORT/SERVICE",
        "call localhost:7003 | no service",
        "call localhost/vl --hex 0 | --hex '0'",
        "call localhost/vl --hex 00 --text x | mutually exclusive",
        "call localhost/vl nonsense | 'nonsense'",
        "call localhost/vl - --hex 00 | one too many",
        "call localhost/vl --file /no/such/file | no such file",
        "call localhost/vl --out /no/such/directory/x | no such file or directory",
        "call localhost/vl --timeout soon | 'soon'",
        "call localhost/vl --nonsense | --nonsense",
        "call localhost/vl --port-kind tcp | 'tcp'",
        "call localhost/vl --set nonsense=1 | 'nonsense'",
        "call localhost/vl --set tx-window=0 | tx-window 0 is outside 1..255",
        "call localhost/vl --set tx-window=many | 'many'",
        "call localhost/vl --pcap /no/such/directory/x | no such file or directory",
        "serve 0/52 | --echo",
        "serve 0/52 --echo --discard | mutually exclusive",
        "serve 52 --echo | no service",
        "serve 0/52 --source much | 'much'",
        "serve 0/52 --exec true --processes 0 | --processes 0",
        "perf | client, server or local",
        "perf client localhost | --send",
        "perf local --send --recv | mutually exclusive",
        "perf local --rpc --parallel 0 | --parallel 0",
        "perf local --rpc --calls 0 | --calls 0",
        "perf local --send --bytes 4GiB | 4 GiB - 1",
        "perf local --send --reply-bytes 1 | --reply-bytes",
        "example | server or client",
        "example server localhost:many | 'many'",
        "example client --port-kind nio | --port-kind",
        "debug localhost:7003 | WHAT",
        "debug localhost:7003 nonsense | 'nonsense'"
      })
  void wrongCommandLinesGetOneLineAndExitTwo(String line, String reason) {
    CommandRun run = CommandRun.of(line.strip().split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines().filter(l -> l.startsWith("rxrpc: ")))
        .singleElement()
        .asString()
        .contains(reason.strip());
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aloneItPrintsAShortHelp() {
    CommandRun run = CommandRun.of();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("rxrpc demo").contains("rxrpc --help");
    assertThat(run.out().lines().count()).isLessThan(15);
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void helpShowsVerbsExamplesAndExitCodes(String option) {
    CommandRun run = CommandRun.of(option);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("demo", "call", "serve", "perf", "soak", "debug", "tunables")
        .contains("--pcap", "--json", "--quiet", "--port-kind", "--set")
        .contains("Exit codes:", "Examples:", "3 the peer aborted the call");
    assertThat(run.out().lines()).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "call",
        "serve",
        "perf",
        "perf client",
        "perf server",
        "perf local",
        "example",
        "example server",
        "example client",
        "soak",
        "debug",
        "udebug",
        "rpc",
        "rpc list",
        "rpc show",
        "error",
        "afsdump",
        "afsdump ls",
        "afsdump cat",
        "afsdump check",
        "afsdump extract",
        "tunables"
      })
  void everyVerbHasHelp(String verb) {
    CommandRun run = CommandRun.of((verb + " --help").split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Usage: rxrpc " + verb).contains("Example");
  }

  @Test
  void everyServiceNameIsInTheHelp() {
    assertThat(CommandRun.of("--help").out()).contains("Names: " + WellKnownService.labels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "call --version"})
  void theVersionNamesProgramJavaAndSystem(String line) {
    CommandRun run = CommandRun.of(line.split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("rxrpc ").contains("Java 2").doesNotContain("\n\n");
  }

  @Test
  void globalOptionsMayStandBeforeTheVerb() {
    assertThat(CommandRun.of("--json", "tunables").json().isJsonArray()).isTrue();
    assertThat(CommandRun.of("tunables", "--json").json().isJsonArray()).isTrue();
  }
}
