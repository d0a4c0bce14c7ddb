// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.CallOptions;
import io.rxrpc.CallTimeoutException;
import io.rxrpc.NetworkErrorException;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.WellKnownService;
import io.rxrpc.afs.bos.Bozo;
import io.rxrpc.afs.cb.ClientCallbacks;
import io.rxrpc.afs.fs.Rxafs;
import io.rxrpc.afs.pt.Pr;
import io.rxrpc.afs.pt.PrClient;
import io.rxrpc.afs.stats.CallCounters;
import io.rxrpc.afs.vl.Vl;
import io.rxrpc.afs.vol.AFSVol;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.rpc.Procedure;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all five real servers have in common, asked by a Java client over both kinds of ports. */
@Needs(Peer.CELL)
class ServersIT {
  private static final int NO_SUCH_OPCODE = 9999;

  /** The servers of a cell, each with a call that does no harm. */
  enum Server {
    FILE(WellKnownService.FS, Rxafs.GET_TIME, 8),
    PROTECTION(WellKnownService.PT, Pr.LIST_MAX, 8),
    VLDB(WellKnownService.VL, Vl.PROBE_SERVER, 0),
    VOLUME(WellKnownService.VOL, AFSVol.X_LIST_PARTITIONS, 8),
    OVERSEER(WellKnownService.BOS, Bozo.GET_CELL_NAME, 16);

    private final int port;
    private final int serviceId;
    private final int opcode;
    private final int replyLength;

    Server(WellKnownService service, Procedure probe, int replyLength) {
      port = service.port();
      serviceId = service.id();
      opcode = probe.opcode();
      this.replyLength = replyLength;
    }

    byte[] probe() {
      return Rpc.request(opcode);
    }

    InetSocketAddress at(Cell cell) {
      return cell.server(port);
    }

    RxrpcAddress in(Cell cell) {
      return new RxrpcAddress(at(cell), serviceId);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aHarmlessCallIsAnswered(Server server, Cell cell) throws IOException {
    for (PortKind kind : PortKind.values()) {
      try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
        assertThat(endpoint.portKind()).isEqualTo(kind);
        ClientCallbacks.on(endpoint); // the file server asks
        for (int i = 0; i < 20; i++) {
          assertThat(endpoint.call(server.in(cell), server.probe())).hasSize(server.replyLength);
        }
        Rpc.assertNothingWasLost(endpoint);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void anUnknownOpcodeIsRxgenOpcode(Server server, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      ClientCallbacks.on(endpoint);
      byte[] request = Rpc.request(NO_SUCH_OPCODE);
      assertThatThrownBy(() -> endpoint.call(server.in(cell), request))
          .isInstanceOfSatisfying(
              RemoteAbortException.class, e -> assertThat(e.code()).isEqualTo(AbortCode.OPCODE))
          .hasMessageContaining(server.in(cell).toString())
          .hasMessageContaining("RXGEN_OPCODE (-455)");
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void anUnknownServiceIsInvalid(Server server, Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      RxrpcAddress nothing = new RxrpcAddress(server.at(cell), 9999);
      assertThatThrownBy(() -> endpoint.call(nothing, server.probe()))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.INVALID_OPERATION));
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theVersionIsWhatRxdebugPrints(Server server, Cell cell) throws IOException {
    String printed =
        Programs.run(
                "rxdebug", cell.address().getHostAddress(), String.valueOf(server.port), "-version")
            .ok()
            .out();
    for (PortKind kind : PortKind.values()) {
      try (RxrpcEndpoint endpoint = Rpc.open(kind)) {
        String version = endpoint.version(server.at(cell), Duration.ofSeconds(10));
        assertThat(version).startsWith("OpenAFS ");
        assertThat(printed).contains("AFS version: " + version);
      }
    }
  }

  /** A request that is too short, so that the server fails while it reads arguments. */
  @Test
  void aShortRequestIsAnAbort(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      byte[] request = Rpc.request(Vl.GET_ENTRY_BY_NAME_U.opcode(), 10);
      assertThatThrownBy(() -> endpoint.call(Server.VLDB.in(cell), request))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.SS_UNMARSHAL));
    }
  }

  @Test
  @DisplayName("a closed port is ECONNREFUSED at once with LinuxPort")
  void aClosedPort(Cell cell) throws IOException {
    RxrpcAddress closed = new RxrpcAddress(cell.server(7009), WellKnownService.VL.id());
    CallOptions soon = CallOptions.DEFAULT.timeout(Duration.ofSeconds(2));
    try (RxrpcEndpoint endpoint = Rpc.open(PortKind.LINUX)) {
      assertThatThrownBy(() -> endpoint.call(closed, Server.VLDB.probe(), soon))
          .isInstanceOfSatisfying(
              NetworkErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED))
          .hasMessageContaining("7009");
      assertThatThrownBy(() -> endpoint.version(closed.transport(), Duration.ofSeconds(20)))
          .isInstanceOf(NetworkErrorException.class);
    }
    try (RxrpcEndpoint endpoint = Rpc.open(PortKind.NIO)) { // which cannot see it
      assertThatThrownBy(() -> endpoint.call(closed, Server.VLDB.probe(), soon))
          .isInstanceOf(CallTimeoutException.class);
    }
  }

  /** The statistics are a second service of the same port: two connections to one peer. */
  @Test
  void statisticsOfCalls(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      RxrpcAddress statistics =
          new RxrpcAddress(Server.PROTECTION.at(cell), WellKnownService.STATS.id());
      CallCounters counters = new CallCounters(endpoint, statistics);
      assertThat(counters.client().queryRPCStatsVersion()).isEqualTo(1);
      counters.client().enableProcessRPCStats();
      assertThat(counters.areOn()).isTrue();
      PrClient protection = new PrClient(Rpc.client(endpoint, cell, WellKnownService.PT));
      for (int i = 0; i < 10; i++) {
        protection.listMax();
      }
      assertThat(counters.ofAll())
          .anySatisfy(
              r -> {
                assertThat(r.interfaceNumber()).isEqualTo(Pr.STATISTICS);
                assertThat(r.calls()).isGreaterThanOrEqualTo(10);
              });
      assertThat(endpoint.status().clientConnections()).isEqualTo(2);
    }
  }
}
