// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAFS's rxdebug and our servers, and {@code rxrpc debug} beside it at real ones. */
@Needs(Peer.CELL)
class RxdebugIT {
  private static Programs.Result rxdebug(InetSocketAddress server, String options) {
    List<String> command = new ArrayList<>(List.of("rxdebug"));
    command.add(server.getAddress().getHostAddress());
    command.add(String.valueOf(server.getPort()));
    command.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    return Programs.run(Duration.ofSeconds(40), command);
  }

  private static RxrpcEndpoint server(boolean answers) throws IOException {
    RxrpcEndpoint server =
        RxrpcEndpoint.builder()
            .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .answerDebug(answers)
            .open();
    server.serve(52, CallHandler.blob(b -> b));
    return server;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-rxstats",
        "-noconns",
        "-allconnections",
        "-allconnections -nodally",
        "-allconnections -onlyserver",
        "-allconnections -onlyclient",
        "-allconnections -onlyauth none",
        "-peers",
        "-peers -long -noconns",
        "-rxstats -peers -long -allconnections",
        "-version"
      })
  void aServerThatMayAnswerIsUnderstood(String options) throws IOException {
    try (RxrpcEndpoint server = server(true);
        RxrpcEndpoint client = Rpc.open()) {
      client.call(new RxrpcAddress(server.localAddress(), 52), new byte[4]);
      Programs.Result result = rxdebug(server.localAddress(), options);
      assertThat(result.exit()).as(result.toString()).isZero();
      String out = result.out();
      assertThat(result.err()).isEmpty();
      if (options.equals("-version")) {
        assertThat(out).contains("AFS version: RxRPC");
        return;
      }
      assertThat(out).contains("calls: 1,").doesNotContain("failed");
      assertThat(out.contains("Connection from host 127.0.0.1"))
          .as(out)
          .isEqualTo(
              options.contains("-allconnections")
                  && !options.contains("-nodally")
                  && !options.contains("-onlyclient"));
      assertThat(out.contains("Peer at host 127.0.0.1")).isEqualTo(options.contains("-peers"));
      if (options.contains("-rxstats")) {
        assertThat(out)
            .containsPattern("packets read: data [1-9]")
            .contains("1 server connections");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-rxstats", "-noconns", "-peers", "-allconnections", "-long"})
  void aServerThatMayNotAnswerMakesItEndAtOnce(String options) throws IOException {
    try (RxrpcEndpoint server = server(false)) {
      long start = System.nanoTime();
      Programs.Result result = rxdebug(server.localAddress(), options);
      assertThat(result.exit()).as(result.toString()).isNotZero();
      assertThat(result.out()).contains("call failed");
      // without a refusal it tries for 1 + 2 + 4 + 8 + 16 seconds
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static String ours(InetSocketAddress server, String words) {
    String[] what = words.split(" ", -1);
    Object[] arguments = new Object[what.length + 3];
    arguments[0] = "debug";
    arguments[1] = server.getAddress().getHostAddress() + ":" + server.getPort();
    System.arraycopy(what, 0, arguments, 2, what.length);
    arguments[arguments.length - 1] = "--json";
    Programs.Result result = CommandIT.rxrpc(arguments);
    assertThat(result.exit()).as(result.toString()).isZero();
    return result.out();
  }

  private static List<String> found(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher m = Pattern.compile(pattern).matcher(text);
    while (m.find()) {
      found.add(m.group(1));
    }
    return found;
  }

  @Test
  void figuresAndCountersAreThoseThatItPrints(Cell cell) {
    InetSocketAddress vl = cell.server(WellKnownService.VL.port());
    String printed = rxdebug(vl, "-rxstats -noconns").ok().out();
    String stats = ours(vl, "stats");
    String counters = ours(vl, "rxstats");
    assertThat(found("Free packets: \\d+/(\\d+),", printed))
        .hasSize(1)
        .isEqualTo(found("\"packets\":(\\d+)", stats));
    assertThat(found("calls: (\\d+),", printed)).isEqualTo(found("\"calls\":(\\d+)", stats));
    assertThat(found("(\\d+) threads are idle", printed))
        .isEqualTo(found("\"idle_threads\":(\\d+)", stats));
    assertThat(found("packets read: data (\\d+)", printed))
        .isEqualTo(found("\"read_data\":(\\d+)", counters));
    assertThat(found("(\\d+) server connections", printed))
        .isEqualTo(found("\"server_connections\":(\\d+)", counters));
    assertThat(found("(\\d+) peer structs", printed))
        .isEqualTo(found("\"peers\":(\\d+)", counters));
  }

  @ParameterizedTest
  @CsvSource({
    "-allconnections, --all",
    "-allconnections -onlyserver, --all --only-server",
    "-allconnections -onlyclient, --all --only-client",
    "-allconnections -onlyauth none, --all --only-auth none",
    "-allconnections -onlyauth crypt, --all --only-auth crypt",
    "-allconnections -nodally, --all --no-dally"
  })
  void connectionsAreThoseThatItPrints(String theirs, String options, Cell cell)
      throws IOException {
    InetSocketAddress vl = cell.server(WellKnownService.VL.port());
    try (RxrpcEndpoint client = Rpc.open()) {
      new VlClient(Rpc.client(client, cell, WellKnownService.VL)).probeServer();
      String printed = rxdebug(vl, theirs).ok().out();
      List<String> cids =
          found("\"cid\":(\\d+)", ours(vl, "connections " + options)).stream()
              .map(cid -> Long.toHexString(Long.parseLong(cid)))
              .toList();
      assertThat(cids).isEqualTo(found("Cuid [0-9a-f]+/([0-9a-f]+)", printed));
    }
  }

  @Test
  void peersAreThoseThatItPrints(Cell cell) throws IOException {
    InetSocketAddress vl = cell.server(WellKnownService.VL.port());
    try (RxrpcEndpoint client = Rpc.open()) {
      new VlClient(Rpc.client(client, cell, WellKnownService.VL)).probeServer();
      String printed = rxdebug(vl, "-peers -long -noconns").ok().out();
      String peers = ours(vl, "peers");
      List<String> ports = found("\"port\":(\\d+)", peers);
      assertThat(ports).isNotEmpty().isEqualTo(found("Peer at host [0-9.]+, port (\\d+)", printed));
      assertThat(found("\"rtt_ms\":(\\d+)", peers)).isEqualTo(found("\\trtt (\\d+) msec", printed));
    }
  }
}
