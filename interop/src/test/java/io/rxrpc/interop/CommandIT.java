// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.afs.WellKnownService;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The {@code rxrpc} command and real servers, as a person types it. */
@Needs(Peer.CELL)
class CommandIT {
  static Programs.Result rxrpc(Object... arguments) {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classes, "io.rxrpc.cli.Rxrpc"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return Programs.run(Duration.ofMinutes(1), command);
  }

  private static String vldb(Cell cell) {
    return cell.address().getHostAddress() + ":7003/52";
  }

  @Test
  void aProbeEndsWell(Cell cell) {
    Programs.Result result = rxrpc("call", vldb(cell), "--hex", "00000202");
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).isEmpty();
    Programs.Result byName =
        rxrpc("call", cell.address().getHostAddress() + "/vl", "--hex", "00000202");
    assertThat(byName.exit()).as(byName.toString()).isZero();
  }

  @Test
  void aReplyIsItsOutput(Cell cell) {
    Programs.Result result =
        rxrpc("call", cell.address().getHostAddress() + ":7007/1", "--hex", "0000005e");
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).isEqualTo("\0\0\0\014test.example");
  }

  /** A file server asks a new client who it is before it answers. */
  @Test
  void aFileServerAnswersItsFirstCall(Cell cell) {
    String target = cell.address().getHostAddress() + "/fs";
    Programs.Result time = rxrpc("call", target, "--hex", "00000099", "--json");
    assertThat(time.exit()).as(time.toString()).isZero();
    assertThat(time.out()).contains("\"reply_bytes\":8");
  }

  @Test
  void anUnknownOpcodeIsExitCode3(Cell cell) {
    Programs.Result result = rxrpc("call", vldb(cell), "--hex", "0000270f");
    assertThat(result.exit()).as(result.toString()).isEqualTo(3);
    assertThat(result.err()).contains("RXGEN_OPCODE (-455)");
  }

  @Test
  void aClosedPortIsExitCode4AtOnce(Cell cell) {
    long start = System.nanoTime();
    Programs.Result result =
        rxrpc(
            "call",
            cell.address().getHostAddress() + ":7009/" + WellKnownService.VL.id(),
            "--hex",
            "00000202");
    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertThat(result.err()).contains("ECONNREFUSED").hasLineCount(1);
    // the JVM's start is most of it; the timeout would be 20 seconds
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void theVersionOfAServer(Cell cell) {
    Programs.Result result = rxrpc("debug", cell.address().getHostAddress() + ":7003", "version");
    assertThat(result.exit()).as(result.toString()).isZero();
    assertThat(result.out()).contains("OpenAFS ");
  }
}
