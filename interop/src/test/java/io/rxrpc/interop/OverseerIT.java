// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.bos.BozoClient;
import io.rxrpc.afs.bos.Overseer;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.rpc.RpcAbortException;
import io.rxrpc.rpc.RpcTransportException;
import java.io.ByteArrayOutputStream;
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
  private static BozoClient overseer(RxrpcEndpoint endpoint, Cell cell) {
    return new BozoClient(Rpc.client(endpoint, cell, WellKnownService.BOS));
  }

  @Test
  void cellAndInstancesAreWhatBosPrints(Cell cell) throws IOException {
    String host = cell.address().getHostAddress();
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      BozoClient bos = overseer(endpoint, cell);
      String name = bos.getCellName();
      assertThat(cell.bos("listhosts", host).ok().out()).contains("Cell name is " + name);
      assertThat(name).isEqualTo("test.example");

      String instance = bos.enumerateInstance(0);
      assertThat(cell.bos("status", host).ok().out()).startsWith("Instance " + instance + ",");
      assertThat(bos.getStatus(instance).intStat()).as("shut down").isZero();
      assertThat(new Overseer(bos).processNames()).containsExactly(instance);
      assertThatThrownBy(() -> bos.enumerateInstance(1))
          .isInstanceOfSatisfying(
              RpcAbortException.class, e -> assertThat(e.error().name()).isEqualTo("BZDOM"));
    }
  }

  /** The server is silent for longer than a keepalive: the call lives on pings. */
  @Test
  void aCallThatTheServerKeepsWaiting(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      overseer(endpoint, cell).exec("sleep 4");
      assertThat(endpoint.counters().get("pings-sent") + endpoint.counters().get("pings-received"))
          .isPositive();
    }
  }

  @Test
  void aCallThatIsNotWaitedFor(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      CallOptions soon = CallOptions.DEFAULT.timeout(Duration.ofMillis(300));
      BozoClient bos = overseer(endpoint, cell);
      assertThatThrownBy(() -> bos.with(soon).exec("sleep 2"))
          .isInstanceOf(RpcTransportException.class)
          .hasCauseInstanceOf(CallTimeoutException.class);
      // the server's thread is not free yet, but the connection is
      assertThat(bos.getCellName()).isEqualTo("test.example");
    }
  }

  /** The server writes it one byte at a time. */
  @Test
  void aLogOfThreeMegabytes(Cell cell, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("log");
    Files.writeString(
        file, "0123456789abcdef, and so on.\n".repeat(100_000), StandardCharsets.US_ASCII);
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      new Overseer(overseer(endpoint, cell)).log(file.toString(), log);
      assertThat(log.toString(StandardCharsets.US_ASCII)).isEqualTo(Files.readString(file));
    }
  }
}
