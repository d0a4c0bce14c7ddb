// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.CallAbort;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.ServiceOptions;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.wire.AbortCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rxrpc perf}, small. */
class PerfCommandTest {
  @TempDir private Path folder;

  @Test
  void perfMeasuresWithSecurity() throws IOException, InterruptedException {
    byte[] key =
        ByteBuffer.allocate(16)
            .putInt(1)
            .putInt(3)
            .put(HexFormat.of().parseHex("0102040810204080"))
            .array();
    Path keys = Files.write(folder.resolve("KeyFile"), key);
    CommandRun local =
        CommandRun.of(
            "perf local --send --bytes 300000 --calls 2 --warm-up 0 --level encrypt".split(" "));
    assertThat(local.err()).isEmpty();
    assertThat(local.code()).isZero();
    try (RunningCommand server =
        RunningCommand.start(
            "perf", "server", "0", "--keys", keys.toString(), "--min-level", "auth")) {
      CommandRun run =
          CommandRun.of(
              "perf",
              "client",
              server.target(),
              "--rpc",
              "--calls",
              "5",
              "--warm-up",
              "0",
              "--localauth",
              keys.toString(),
              "--level",
              "auth");
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("rpc: 5 calls");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "send, 300000, 0, 3, 1, linux",
    "send, 100, 0, 3, 3, nio",
    "recv, 300000, 0, 3, 2, linux",
    "recv, 1, 0, 2, 1, nio",
    "rpc, 32, 32, 200, 16, linux",
    "rpc, 0, 0, 5, 1, linux",
    "rpc, 40000, 50000, 5, 2, linux",
    "rpc, 32, 32, 100, 4, nio"
  })
  void jsonHasTheFigures(
      String op, long bytes, long replyBytes, long calls, int parallel, String port) {
    CommandRun run =
        CommandRun.of(
            ("perf local --json --warm-up 0 --"
                    + op
                    + " --bytes "
                    + bytes
                    + " --calls "
                    + calls
                    + " --parallel "
                    + parallel
                    + " --port-kind "
                    + port
                    + (op.equals("rpc") ? " --reply-bytes " + replyBytes : ""))
                .split(" "));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonObject json = run.json().getAsJsonObject();
    assertThat(json.get("op").getAsString()).isEqualTo(op);
    assertThat(json.get("bytes").getAsLong()).isEqualTo(bytes);
    assertThat(json.get("reply_bytes").getAsLong()).isEqualTo(replyBytes);
    assertThat(json.get("calls").getAsLong()).isEqualTo(calls);
    assertThat(json.get("parallel").getAsInt()).isEqualTo(parallel);
    assertThat(json.get("port").getAsString()).isEqualTo(port);
    double seconds = json.get("seconds").getAsDouble();
    assertThat(seconds).isPositive();
    assertThat(json.get("calls_per_s").getAsDouble()).isPositive();
    assertThat(json.get("mb_per_s").getAsDouble()).isGreaterThanOrEqualTo(0);
    assertThat(json.get("p50_us").getAsDouble()).isPositive();
    assertThat(json.get("p99_us").getAsDouble())
        .isGreaterThanOrEqualTo(json.get("p50_us").getAsDouble());
    assertThat(json.get("retransmits").getAsLong()).isNotNegative();
    assertThat(json.get("cpu_seconds").getAsDouble()).isNotNegative();
  }

  @Test
  void warmingUpIsNotCounted() {
    JsonObject json =
        CommandRun.of("perf", "local", "--rpc", "--calls", "7", "--warm-up", "20ms", "--json")
            .json()
            .getAsJsonObject();
    assertThat(json.get("calls").getAsInt()).isEqualTo(7);
  }

  @Test
  void fewCallsDoNotCutTheWarmUpShort() {
    PerfPlan plan =
        new PerfPlan(PerfPlan.Kind.SEND, 256 << 20, 0, 4, 1, false, Duration.ofSeconds(6));
    PerfPlan warmUp = plan.ofWarmUp();
    assertThat(warmUp.calls()).as("as many as fit into the time").isEqualTo(Long.MAX_VALUE);
    assertThat(warmUp.bytes()).isLessThan(plan.bytes());
    assertThat(warmUp.warmUp()).isEqualTo(plan.warmUp());
  }

  @Test
  void clientAndServerMayBeApart() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("perf", "server", "0")) {
      assertThat(server.listening()).endsWith("/147");
      CommandRun run =
          CommandRun.of(
              "perf", "client", server.target(), "--rpc", "--calls", "10", "--warm-up", "0");
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("rpc: 10 calls").contains("p99").contains("0 retransmissions");
      server.terminate();
      assertThat(server.code()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3 4 0 0, RXGEN_OPCODE (-455)", // FILE
    "3 2 0 0, RXGEN_OPCODE (-455)",
    "2 0 0 0 0, RXGEN_SS_UNMARSHAL (-453)", // another version
    "3 0 0 0, RXGEN_SS_UNMARSHAL (-453)", // no length
    "3 0 0 0 8 1, RXGEN_SS_UNMARSHAL (-453)", // fewer bytes than told
    "3 0 0 0 2 1, RXGEN_SS_UNMARSHAL (-453)", // more bytes than told
    "3 3 0 0 0, RXGEN_SS_UNMARSHAL (-453)"
  })
  void theServerRefusesWhatItCannotDo(String words, String abort) throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("perf", "server", "0")) {
      CommandRun run = CommandRun.of("call", server.target(), "--hex", hex(words));
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("aborted: " + abort);
    }
  }

  @Test
  void theServerAnswersInTheBytesOfRxperf() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("perf", "server", "0")) {
      assertThat(reply(server, "3 0 0 0 4 1")).isEqualTo("00004711");
      assertThat(reply(server, "3 1 0 0 0")).isEqualTo("00004711");
      assertThat(reply(server, "3 1 0 0 3")).hasSize(6 + 8).endsWith("00004711");
      assertThat(reply(server, "3 3 0 0 4 2 1")).hasSize(4 + 8).endsWith("00004711");
    }
  }

  /** Linux ends its requests with 18193 (0x4711), too. */
  @ParameterizedTest
  @CsvSource({
    "3 0 0 0 4 1, 3 0 0 0 4 1 18193",
    "3 0 0 0 0, 3 0 0 0 0 18193",
    "3 1 0 0 3, 3 1 0 0 3 18193",
    "3 3 0 0 4 2 1, 3 3 0 0 4 2 1 18193"
  })
  @Tag("R-97")
  void theServerTakesRequestsOfOpenAfsAndOfLinux(String openafs, String linux)
      throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("perf", "server", "0")) {
      assertThat(reply(server, openafs)).endsWith("00004711");
      assertThat(reply(server, linux)).isEqualTo(reply(server, openafs));
      CommandRun wrong = CommandRun.of("call", server.target(), "--hex", hex(openafs + " 18194"));
      assertThat(wrong.err()).contains("aborted: RXGEN_SS_UNMARSHAL (-453)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--send --bytes 100",
    "--send --bytes 300000",
    "--recv --bytes 100",
    "--recv --bytes 300000",
    "--rpc --bytes 32",
    "--rpc --bytes 40000 --reply-bytes 50000"
  })
  @Tag("R-97")
  void theClientSpeaksWithServersThatWantTheEndOfRequestsAndThatRefuseIt(String operation)
      throws IOException {
    for (boolean linux : new boolean[] {false, true}) {
      AtomicInteger refused = new AtomicInteger();
      try (RxrpcEndpoint server =
          RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
        server.serve(
            147,
            ServiceOptions.UNSECURED,
            call -> {
              byte[] request = call.readAll(1 << 20);
              boolean ended = ByteBuffer.wrap(request).getInt(request.length - 4) == Rxperf.MAGIC;
              if (ended != linux) {
                refused.incrementAndGet();
                throw new CallAbort(AbortCodes.RXGEN_SS_UNMARSHAL);
              }
              int op = Rxperf.getInt(request, 4);
              int n = op == 0 ? 0 : Rxperf.getInt(request, op == 1 ? 16 : 20);
              byte[] reply = new byte[n + 4];
              Rxperf.putInt(reply, n, Rxperf.MAGIC);
              call.endReply(reply);
            });
        String target = "127.0.0.1:" + server.localAddress().getPort();
        String line = "perf client " + target + " " + operation + " --calls 5 --warm-up 0";
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(": 5 calls");
        assertThat(refused.get()).as("it learns").isEqualTo(linux ? 1 : 0);
      }
    }
  }

  @Test
  void aServerThatIsNoRxperfIsNoticed() throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/147", "--discard")) {
      CommandRun run = CommandRun.of("perf", "client", server.target(), "--rpc", "--calls", "1");
      assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
      assertThat(run.err()).contains("is no rxperf server");
    }
  }

  private static String reply(RunningCommand server, String words) {
    return HexFormat.of()
        .formatHex(CommandRun.of("call", server.target(), "--hex", hex(words)).stdout());
  }

  private static String hex(String words) {
    String[] parts = words.split(" ", -1);
    ByteBuffer bytes = ByteBuffer.allocate(4 * parts.length);
    for (String part : parts) {
      bytes.putInt(Integer.parseInt(part));
    }
    return HexFormat.of().formatHex(bytes.array());
  }

  @Test
  void asyncCallersAreFutures() throws IOException {
    CommandRun run =
        CommandRun.of("perf local --rpc --async --parallel 8 --calls 100 --warm-up 0".split(" "));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("100 calls").contains("8 at once");
    CommandRun bulk = CommandRun.of("perf local --send --async".split(" "));
    assertThat(bulk.code()).isEqualTo(ExitCode.USAGE);
    assertThat(bulk.err()).contains("--async");
  }

  @Test
  void classesOfSecurityAreComparedInOneRun() {
    String[] command =
        ("perf local --recv --bytes 200000 --calls 2 --warm-up 0 --level encrypt"
                + " --security rxkad,rxgk,yfs-rxgk --enctype aes128-sha1 --rounds 2")
            .split(" ", -1);
    CommandRun run = CommandRun.of(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsSubsequence(
            "rxkad encrypt",
            "1.00 times the first",
            "rxgk encrypt, aes128-cts-hmac-sha1-96",
            "times the first",
            "yfs-rxgk encrypt",
            "medians of 2 rounds");
    CommandRun level = CommandRun.of("perf", "local", "--rpc", "--security", "rxgk");
    assertThat(level.code()).isEqualTo(ExitCode.USAGE);
    assertThat(level.err()).contains("--security needs --level").hasLineCount(1);
    CommandRun type =
        CommandRun.of(
            "perf", "local", "--rpc", "--level", "auth", "--security", "rxgk", "--enctype", "rc4");
    assertThat(type.code()).isEqualTo(ExitCode.USAGE);
    assertThat(type.err()).contains("--enctype arcfour-hmac: rxgk has").hasLineCount(1);
  }
}
