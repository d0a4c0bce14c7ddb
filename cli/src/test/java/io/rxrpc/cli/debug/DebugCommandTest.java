// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.RunningCommand;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.wire.DebugConnection;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.DebugStats;
import io.rxrpc.wire.Header;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rxrpc debug}: servers of ours that may answer, that may not, and strange ones. */
@Tag("long")
class DebugCommandTest {
  private static RunningCommand talkative() {
    RunningCommand server = RunningCommand.start("serve", "0/52", "--echo", "--answer-debug");
    assertThat(CommandRun.of("call", server.target(), "--text", "x").code()).isZero();
    return server;
  }

  private static JsonObject json(RunningCommand server, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "debug";
    all[1] = server.target();
    System.arraycopy(args, 0, all, 2, args.length);
    all[all.length - 1] = "--json";
    CommandRun run = CommandRun.of(all);
    assertThat(run.err()).isEmpty();
    return run.json().getAsJsonObject();
  }

  @Test
  void figures() throws InterruptedException {
    try (RunningCommand server = talkative()) {
      JsonObject stats = json(server, "stats").getAsJsonObject("stats");
      assertThat(stats.get("calls").getAsInt()).isEqualTo(1);
      assertThat(stats.get("debug_version").getAsString()).isEqualTo("S");
      assertThat(stats.get("free_packets").getAsInt()).isPositive();
      CommandRun text = CommandRun.of("debug", server.target(), "stats");
      assertThat(text.out()).containsPattern("calls +1\n").contains("idle threads");
    }
  }

  @Test
  void counters() throws InterruptedException {
    try (RunningCommand server = talkative()) {
      JsonObject counters = json(server, "rxstats").getAsJsonObject("rxstats");
      assertThat(counters.get("read_data").getAsInt()).isPositive();
      assertThat(counters.get("sent_data").getAsInt()).isPositive();
      assertThat(counters.get("server_connections").getAsInt()).isEqualTo(1);
      assertThat(CommandRun.of("debug", server.target(), "rxstats").out())
          .containsPattern("server connections +1\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--all, 1",
    "--all --only-server, 1",
    "--all --only-client, 0",
    "--all --only-host 127.0.0.1, 1",
    "--all --only-host 127.0.0.2, 0",
    "--all --only-port 1, 0",
    "--all --only-auth none, 1",
    "--all --only-auth crypt, 0",
    "--all --no-dally, 0",
    "--only-server, 0"
  })
  void connectionsAreFiltered(String options, int shown) throws InterruptedException {
    try (RunningCommand server = talkative()) {
      String[] args = ("connections " + options).split(" ");
      JsonArray connections = json(server, args).getAsJsonArray("connections");
      assertThat(connections).hasSize(shown);
      if (shown > 0) {
        JsonObject c = connections.get(0).getAsJsonObject();
        assertThat(c.get("host").getAsString()).isEqualTo("127.0.0.1");
        assertThat(c.get("side").getAsString()).isEqualTo("server");
        JsonObject call = c.getAsJsonArray("calls").get(0).getAsJsonObject();
        assertThat(call.get("number").getAsInt()).isEqualTo(1);
        assertThat(call.get("state").getAsString()).isEqualTo("dally");
      }
    }
  }

  @Test
  void listsAreReadable() throws InterruptedException {
    try (RunningCommand server = talkative()) {
      CommandRun all = CommandRun.of("debug", server.target(), "connections", "--all");
      assertThat(all.out())
          .containsPattern("127\\.0\\.0\\.1:\\d+  server [0-9a-f]{8}/[0-9a-f]{8}  serial ")
          .contains("  security none\n")
          .contains("  channel 0  call 1 dally, eof\n");
      assertThat(CommandRun.of("debug", server.target(), "calls", "--all").out())
          .containsPattern("127\\.0\\.0\\.1:\\d+  server [0-9a-f/]{17}\\.0  call 1 dally");
      assertThat(CommandRun.of("debug", server.target(), "peers").out())
          .containsPattern("127\\.0\\.0\\.1:\\d+  round trip \\d+ ms")
          .contains("mtu 1440");
      CommandRun none = CommandRun.of("debug", server.target(), "connections");
      assertThat(none.out()).isEmpty();
      assertThat(none.err()).contains("no connections at the moment (--all");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stats", "rxstats", "connections", "calls", "peers"})
  void aServerThatMayNotAnswerSaysSoAtOnce(String what) throws InterruptedException {
    try (RunningCommand server = RunningCommand.start("serve", "0/52", "--echo")) {
      CommandRun run = CommandRun.of("debug", server.target(), what, "--timeout", "1h");
      assertThat(run.code()).isEqualTo(ExitCode.ABORTED);
      assertThat(run.err()).contains("refused: it answers no DEBUG requests").hasLineCount(1);
      assertThat(CommandRun.of("debug", server.target(), "version").out()).contains("RxRPC");
    }
  }

  @Test
  void withoutAPortTheOneThatIsAskedIsNamed() {
    CommandRun run = CommandRun.of("debug", "127.0.0.1", "version", "--timeout", "100ms");
    assertThat(run.err()).startsWith("rxrpc: no port given: asking 127.0.0.1:7000\n");
    CommandRun vl = CommandRun.of("debug", "127.0.0.1/vl", "version", "--timeout", "100ms");
    assertThat(vl.err()).doesNotContain("no port given");
  }

  @ParameterizedTest
  @CsvSource({
    "stats --all, nothing to filter",
    "peers --only-auth none, --only-host and --only-port",
    "connections --only-server --only-client, leave nothing",
    "connections --only-auth much, --only-auth much",
    "connections --only-port 70000, --only-port 70000",
    "connections --max 0, --max 0"
  })
  void whatCannotBeMeantIsRefused(String options, String reason) {
    CommandRun run = CommandRun.of(("debug localhost:7003 " + options).split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(reason).hasLineCount(1);
  }

  @Test
  void aListWithoutAnEndIsLeftSomeTime() throws IOException {
    try (Scripted server = new Scripted((type, p) -> connection(p, type, 'S'))) {
      CommandRun run =
          CommandRun.of("debug", server.target(), "connections", "--max", "5", "--json");
      assertThat(run.json().getAsJsonObject().getAsJsonArray("connections")).hasSize(5);
      assertThat(run.err()).contains("no more than 5 connections (--max)");
    }
  }

  /** Servers of version letter L have no padding before the states of the calls. */
  @Test
  void theOldestServersAreUnderstood() throws IOException {
    try (Scripted server = new Scripted((type, p) -> connection(p, type, 'L'))) {
      CommandRun run =
          CommandRun.of("debug", server.target(), "connections", "--max", "1", "--json");
      JsonObject c =
          run.json().getAsJsonObject().getAsJsonArray("connections").get(0).getAsJsonObject();
      JsonObject call = c.getAsJsonArray("calls").get(0).getAsJsonObject();
      assertThat(call.get("state").getAsString()).isEqualTo("active");
      assertThat(call.get("mode").getAsString()).isEqualTo("receiving");
      CommandRun all = CommandRun.of("debug", server.target(), "connections", "--all");
      assertThat(all.code()).isEqualTo(ExitCode.NETWORK);
      assertThat(all.err()).contains("leave --all out").hasLineCount(1);
      assertThat(CommandRun.of("debug", server.target(), "peers").err()).contains("peers");
    }
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (Scripted server =
        new Scripted((type, p) -> asked.incrementAndGet() == 1 ? 0 : connection(p, type, 'S'))) {
      assertThat(CommandRun.of("debug", server.target(), "stats").code()).isZero();
      assertThat(asked.get()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 300})
  void nonsenseIsNamed(int length) throws IOException {
    try (Scripted server = new Scripted((type, p) -> Header.LENGTH + length)) {
      CommandRun run = CommandRun.of("debug", server.target(), "stats");
      assertThat(run.code()).isEqualTo(ExitCode.NETWORK);
      assertThat(run.err()).contains("no Rx server").hasLineCount(1);
    }
  }

  @Test
  void silenceIsATimeout() throws IOException {
    try (Scripted server = new Scripted((type, p) -> 0)) {
      CommandRun run = CommandRun.of("debug", server.target(), "stats", "--timeout", "100ms");
      assertThat(run.code()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(run.err()).contains("no answer to a DEBUG request").hasLineCount(1);
    }
  }

  private static int connection(MemorySegment p, int type, int letter) {
    if (type == DebugRequest.GETSTATS) {
      DebugStats.setVersion(p, 0, letter);
      return DebugStats.LENGTH;
    }
    DebugConnection.setCid(p, 0, 4);
    if (letter == 'L') {
      p.set(java.lang.foreign.ValueLayout.JAVA_BYTE, Header.LENGTH + 37, (byte) 2);
      p.set(java.lang.foreign.ValueLayout.JAVA_BYTE, Header.LENGTH + 41, (byte) 2);
      return Header.LENGTH + 172;
    }
    return DebugConnection.LENGTH;
  }

  /** A UDP port that answers DEBUG requests by a function of their type; 0 for silence. */
  private static final class Scripted implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    Scripted(BiFunction<Integer, MemorySegment, Integer> answer) throws IOException {
      Thread.ofPlatform().daemon().start(() -> serve(answer));
    }

    String target() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve(BiFunction<Integer, MemorySegment, Integer> answer) {
      try {
        while (true) {
          byte[] bytes = new byte[1000];
          DatagramPacket request = new DatagramPacket(bytes, bytes.length);
          socket.receive(request);
          MemorySegment asked = MemorySegment.ofArray(Arrays.copyOf(bytes, bytes.length));
          byte[] reply = new byte[1000];
          MemorySegment p = MemorySegment.ofArray(reply);
          DebugRequest.writeReplyHeader(p, 0, asked, 0);
          int length = answer.apply(DebugRequest.debugType(asked, 0), p);
          if (length > 0) {
            socket.send(new DatagramPacket(reply, length, request.getSocketAddress()));
          }
        }
      } catch (SocketException e) {
        assert socket.isClosed();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
