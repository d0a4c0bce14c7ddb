package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.afs.Overseer;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java client and the real basic overseer, which can be told to take its time. */
@Needs(Peer.CELL)
class OverseerIT {
  private static RxrpcAddress overseer(Cell cell) {
    return Rpc.service(cell.server(Overseer.PORT), Overseer.SERVICE);
  }

  @Test
  void cellAndInstancesAreWhatBosPrints(Cell cell) throws IOException {
    String host = cell.address().getHostAddress();
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      String name = Overseer.text(endpoint.call(overseer(cell), Overseer.getCellName()));
      assertThat(cell.bos("listhosts", host).ok().out()).contains("Cell name is " + name);
      assertThat(name).isEqualTo("test.example");

      String instance = Overseer.text(endpoint.call(overseer(cell), Overseer.enumerate(0)));
      assertThat(cell.bos("status", host).ok().out()).startsWith("Instance " + instance + ",");
      assertThat(new XdrReader(endpoint.call(overseer(cell), Overseer.getStatus(instance))).int32())
          .as("shut down")
          .isZero();
      assertThatThrownBy(() -> endpoint.call(overseer(cell), Overseer.enumerate(1)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code().value()).isEqualTo(Overseer.DOMAIN));
    }
  }

  /** The server is silent for longer than a keepalive: the call lives on pings. */
  @Test
  void aCallThatTheServerKeepsWaiting(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      assertThat(endpoint.call(overseer(cell), Overseer.exec("sleep 4"))).isEmpty();
      assertThat(endpoint.counters().get("pings-sent") + endpoint.counters().get("pings-received"))
          .isPositive();
    }
  }

  @Test
  void aCallThatIsNotWaitedFor(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      CallOptions soon = CallOptions.DEFAULT.timeout(Duration.ofMillis(300));
      assertThatThrownBy(() -> endpoint.call(overseer(cell), Overseer.exec("sleep 2"), soon))
          .isInstanceOf(CallTimeoutException.class);
      // the server's thread is not free yet, but the connection is
      assertThat(Overseer.text(endpoint.call(overseer(cell), Overseer.getCellName())))
          .isEqualTo("test.example");
    }
  }

  /** The server writes it one byte at a time. */
  @Test
  void aLogOfThreeMegabytes(Cell cell, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("log");
    Files.writeString(
        file, "0123456789abcdef, and so on.\n".repeat(100_000), StandardCharsets.US_ASCII);
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      byte[] reply = endpoint.call(overseer(cell), Overseer.getLog(file.toString()));
      assertThat(Overseer.log(reply)).isEqualTo(Files.readString(file));
    }
  }
}
