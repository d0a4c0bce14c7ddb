// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rxrpc serve}, called by {@code rxrpc call}. */
class ServeCommandTest {
  @Test
  void itLivesFromListeningToItsCounters() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--echo")) {
      assertThat(server.listening()).matches("listening 127\\.0\\.0\\.1:[1-9]\\d*/52");
      assertThat(CommandRun.of("call", server.target(), "--text", "hello").out())
          .isEqualTo("hello");
      String rest = server.terminate();
      assertThat(server.code()).isZero();
      assertThat(rest).containsPattern("calls-served +1\\b");
      assertThat(server.err()).isEmpty();
    }
  }

  @Test
  void jsonCountersAreAnObject() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--discard", "--json")) {
      String target =
          JsonParser.parseString(server.listening())
              .getAsJsonObject()
              .get("listening")
              .getAsString();
      assertThat(CommandRun.of("call", target, "--text", "hello").stdout()).isEmpty();
      JsonObject end = JsonParser.parseString(server.terminate()).getAsJsonObject();
      assertThat(end.get("complete").getAsBoolean()).isTrue();
      assertThat(end.getAsJsonObject("counters").get("calls-served").getAsInt()).isEqualTo(1);
      assertThat(end.getAsJsonObject("counters").get("data-resent").getAsInt()).isZero();
    }
  }

  @Test
  void quietPrintsNoCounters() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--echo", "--quiet")) {
      assertThat(server.terminate()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"0/vl, 127.0.0.1", "localhost:0/52, localhost", "*:0/52, *", "[::1]:0/52, [::1]"})
  void itListensWhereItIsTold(String where, String host) throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", where, "--echo")) {
      assertThat(server.listening()).startsWith("listening " + host + ":").endsWith("/52");
      String peer = server.target().replace("*", "127.0.0.1");
      assertThat(CommandRun.of("call", peer, "--text", "x").out()).isEqualTo("x");
      if (host.equals("*")) {
        String ipv6 = server.target().replace("*", "[::1]");
        assertThat(CommandRun.of("call", ipv6, "--text", "x").out()).isEqualTo("x");
      }
    }
  }

  @Test
  void sourceSendsSoManyBytes() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--source", "3MiB")) {
      CommandRun run = CommandRun.of("call", server.target());
      assertThat(run.stdout()).hasSize(3 << 20);
    }
  }

  @Test
  void echoKeepsOnlySoMuchOfOneCall() throws InterruptedException {
    try (RunningCommand server =
        RunningCommand.start("serve", "0/52", "--echo", "--keep", "100KiB")) {
      CommandRun run = CommandRun.withInput(new byte[200 << 10], "call", server.target(), "-");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("RX_USER_ABORT (-6)");
    }
  }

  @Test
  void execGetsTheRequestAndGivesTheReply() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--exec", "tr a-z A-Z")) {
      byte[] request = new byte[500_000];
      Arrays.fill(request, (byte) 'q');
      CommandRun run = CommandRun.withInput(request, "call", server.target(), "-");
      assertThat(run.err()).isEmpty();
      assertThat(run.stdout()).hasSize(request.length).containsOnly((byte) 'Q');
    }
  }

  @Test
  void execNeedNotReadTheRequest() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--exec", "echo done")) {
      CommandRun run = CommandRun.withInput(new byte[500_000], "call", server.target(), "-");
      assertThat(run.out()).isEqualTo("done\n");
    }
  }

  @Test
  void execKnowsItsClient() throws InterruptedException {
    try (RunningCommand server =
        RunningCommand.start("serve", "0/52", "--exec", "echo $RXRPC_CLIENT")) {
      assertThat(CommandRun.of("call", server.target()).out()).matches("127\\.0\\.0\\.1 \\d+\\R");
    }
  }

  @Test
  void anExitStatusBecomesAnAbort() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--exec", "cat; exit 42")) {
      CommandRun run = CommandRun.of("call", server.target(), "--text", "x");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("aborted: 42");
    }
  }

  @Test
  void execKeepsOnlySoMuchBeforeTheRequestIsComplete() throws InterruptedException {
    try (RunningCommand server =
        RunningCommand.start("serve", "0/52", "--exec", "cat", "--keep", "100KiB")) {
      CommandRun run = CommandRun.withInput(new byte[1 << 20], "call", server.target(), "-");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("RX_USER_ABORT (-6)");
      server.terminate();
      assertThat(server.err()).contains("more than 100 KiB");
    }
  }

  @Test
  void aTakenPortIsNamed() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--echo")) {
      CommandRun second = CommandRun.of("serve", server.target(), "--echo");
      assertThat(second.code()).isEqualTo(ExitCode.NETWORK);
      assertThat(second.err())
          .startsWith("rxrpc: cannot listen on 127.0.0.1:")
          .doesNotContain("\n\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux", "nio"})
  void versionIsAnswered(String kind) throws InterruptedException {
    try (RunningCommand server =
        RunningCommand.start("serve", "0/52", "--echo", "--port-kind", kind)) {
      String place = server.target().replaceFirst("/52$", "");
      CommandRun run = CommandRun.of("debug", place, "version", "--port-kind", kind);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("RxRPC for Java ");
      JsonObject json = CommandRun.of("debug", place, "version", "--json").json().getAsJsonObject();
      assertThat(json.get("version").getAsString()).startsWith("RxRPC for Java ");
      assertThat(json.get("target").getAsString()).isEqualTo(place);
    }
  }
}
