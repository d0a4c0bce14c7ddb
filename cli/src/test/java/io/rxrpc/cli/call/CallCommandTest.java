// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.Rxrpc;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.Streams;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.wire.AbortCodes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rxrpc call}: where requests come from, where replies go, and every exit code. */
class CallCommandTest {
  @TempDir private Path directory;

  @Test
  void textGoesThereAndBack() {
    try (Server echo = Server.of(CallHandler.blob(b -> b))) {
      CommandRun run = CommandRun.of("call", echo.target(), "--text", "hello");
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo("hello");
      assertThat(run.code()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void hexGoesThereAndBack() {
    try (Server echo = Server.of(CallHandler.blob(b -> b))) {
      CommandRun run = CommandRun.of("call", echo.target(), "--hex", "000002ff");
      assertThat(run.stdout()).containsExactly(0, 0, 2, 0xff);
      assertThat(CommandRun.of("call", echo.target(), "--hex", "4142", "--hex-out").out())
          .startsWith("00000000  41 42 ")
          .contains("|AB|");
    }
  }

  @Test
  void aTerminalGetsAHexDump() {
    try (Server echo = Server.of(CallHandler.blob(b -> b))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      Streams terminal =
          new Streams(stream, stream, new ByteArrayInputStream(new byte[0]), true, true);
      assertThat(Rxrpc.run(terminal, "call", echo.target(), "--text", "AB")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("41 42").contains("|AB|");
    }
  }

  @Test
  void noRequestIsAnEmptyRequest() {
    try (Server length = Server.of(CallHandler.blob(b -> new byte[] {(byte) b.length}))) {
      assertThat(CommandRun.of("call", length.target()).stdout()).containsExactly(0);
    }
  }

  @Test
  void stdinGoesThereAndBack() {
    byte[] request = random(300_000, 1);
    try (Server echo = Server.of(call -> call.endReply(call.readAll(1 << 20)))) {
      CommandRun run = CommandRun.withInput(request, "call", echo.target(), "-");
      assertThat(run.err()).isEmpty();
      assertThat(run.stdout()).isEqualTo(request);
    }
  }

  @Test
  void filesGoThereAndBack() throws IOException {
    byte[] request = random(1_000_000, 2);
    Path in = Files.write(directory.resolve("request"), request);
    Path out = directory.resolve("reply");
    try (Server echo = Server.of(call -> call.endReply(call.readAll(1 << 20)))) {
      CommandRun run =
          CommandRun.of("call", echo.target(), "--file", in.toString(), "--out", out.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(run.stdout()).isEmpty();
      assertThat(out).hasBinaryContent(request);
    }
  }

  @Test
  void jsonTellsTheReply() {
    try (Server echo = Server.of(CallHandler.blob(b -> b))) {
      JsonObject json =
          CommandRun.of("call", echo.target(), "--text", "AB", "--json").json().getAsJsonObject();
      assertThat(json.get("target").getAsString()).isEqualTo(echo.target());
      assertThat(json.get("reply_bytes").getAsInt()).isEqualTo(2);
      assertThat(json.get("reply_hex").getAsString()).isEqualTo("4142");
      assertThat(json.get("seconds").getAsDouble()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"-455, RXGEN_OPCODE (-455)", "19270409, RXKADEXPIRED (19270409)", "4711, 4711"})
  void anAbortExitsThreeAndIsNamed(int code, String text) {
    try (Server server = Server.of(aborting(code))) {
      CommandRun run = CommandRun.of("call", server.target(), "--hex", "00000000");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err().strip())
          .startsWith("rxrpc: ")
          .contains("aborted: " + text)
          .doesNotContain("\n");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void jsonTellsAnAbort() {
    try (Server server = Server.of(aborting(AbortCodes.RXGEN_OPCODE))) {
      CommandRun run = CommandRun.of("call", server.target(), "--json");
      JsonObject error = run.json().getAsJsonObject().getAsJsonObject("error");
      assertThat(error.get("abort_code").getAsInt()).isEqualTo(-455);
      assertThat(error.get("abort_name").getAsString()).isEqualTo("RXGEN_OPCODE");
      assertThat(error.get("exit").getAsInt()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
    }
  }

  @Test
  void anUnknownServiceIsAnAbort() {
    try (Server server = Server.of(CallHandler.blob(b -> b))) {
      String other = server.target().replaceFirst("/.*", "/4711");
      CommandRun run = CommandRun.of("call", other, "--text", "x");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("aborted: RX_INVALID_OPERATION (-2)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aClosedPortExitsFourWithItsErrno(String host) throws IOException {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getByName(host))) {
      port = free.getLocalPort();
    }
    Target nobody = new Target(host, port, 52);
    CommandRun run =
        CommandRun.of("call", nobody.toString(), "--text", "x", "--port-kind", "linux");
    assertThat(run.err().strip())
        .startsWith("rxrpc: " + nobody)
        .contains("ECONNREFUSED")
        .doesNotContain("\n");
    assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
  }

  @Test
  void anUnknownHostExitsFour() {
    CommandRun run = CommandRun.of("call", "no-such-host.invalid/vl");
    assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
    assertThat(run.err()).contains("no-such-host.invalid").contains("check the name");
  }

  @Test
  void silenceExitsFive() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String target = "127.0.0.1:" + silent.getLocalPort() + "/52";
      CommandRun run = CommandRun.of("call", target, "--text", "x", "--timeout", "100ms");
      assertThat(run.code()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(run.err().strip()).startsWith("rxrpc: " + target).doesNotContain("\n");
    }
  }

  @Test
  void aSlowHandlerExitsFive() {
    CountDownLatch never = new CountDownLatch(1);
    try (Server slow = Server.of(call -> never.await())) {
      CommandRun run = CommandRun.of("call", slow.target(), "--timeout", "100ms");
      assertThat(run.code()).isEqualTo(ExitCode.TIMEOUT);
      never.countDown();
    }
  }

  @Test
  void anOutFileIsNotTouchedByUsageErrors() throws IOException {
    Path out = Files.writeString(directory.resolve("reply"), "precious");
    CommandRun.of("call", "localhost", "--out", out.toString());
    assertThat(out).hasContent("precious");
  }

  @Test
  void theCaptureHasTheDatagrams() throws IOException {
    Path pcap = directory.resolve("call.pcap");
    try (Server echo = Server.of(CallHandler.blob(b -> b))) {
      CommandRun run =
          CommandRun.of("call", echo.target(), "--text", "hello", "--pcap", pcap.toString());
      assertThat(run.code()).isZero();
    }
    byte[] file = Files.readAllBytes(pcap);
    assertThat(file.length).isGreaterThan(24 + 2 * (16 + 28 + 28));
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("hello");
  }

  private static CallHandler aborting(int code) {
    return call -> {
      throw new CallAbort(code);
    };
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** A service of the library, in this process. */
  private record Server(RxrpcEndpoint endpoint) implements AutoCloseable {
    static Server of(CallHandler handler) {
      try {
        RxrpcEndpoint endpoint =
            RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        endpoint.serve(52, handler);
        return new Server(endpoint);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String target() {
      return "127.0.0.1:" + endpoint.localAddress().getPort() + "/52";
    }

    @Override
    public void close() {
      endpoint.close();
    }
  }
}
