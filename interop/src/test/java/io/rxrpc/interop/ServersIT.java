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
import io.rxrpc.interop.afs.FileService;
import io.rxrpc.interop.afs.Overseer;
import io.rxrpc.interop.afs.Protection;
import io.rxrpc.interop.afs.RpcStatistics;
import io.rxrpc.interop.afs.Vldb;
import io.rxrpc.interop.afs.VolumeService;
import io.rxrpc.interop.afs.XdrReader;
import io.rxrpc.interop.afs.XdrWriter;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.interop.peers.Programs;
import io.rxrpc.udp.Errno;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
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
    FILE(FileService.PORT, FileService.SERVICE, FileService.getTime(), 8),
    PROTECTION(Protection.PORT, Protection.SERVICE, Protection.listMax(), 8),
    VLDB(Vldb.PORT, Vldb.SERVICE, Vldb.probe(), 0),
    VOLUME(VolumeService.PORT, VolumeService.SERVICE, VolumeService.listPartitions(), 8),
    OVERSEER(Overseer.PORT, Overseer.SERVICE, Overseer.getCellName(), 16);

    private final int port;
    private final int serviceId;
    private final String probe;
    private final int replyLength;

    Server(int port, int serviceId, byte[] probe, int replyLength) {
      this.port = port;
      this.serviceId = serviceId;
      this.probe = HexFormat.of().formatHex(probe);
      this.replyLength = replyLength;
    }

    byte[] probe() {
      return HexFormat.of().parseHex(probe);
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
        CacheManager.serve(endpoint); // the file server asks
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
      CacheManager.serve(endpoint);
      byte[] request = XdrWriter.call(NO_SUCH_OPCODE).toBytes();
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
      byte[] request = XdrWriter.call(Vldb.GET_ENTRY_BY_NAME_U).int32(10).toBytes();
      assertThatThrownBy(() -> endpoint.call(Server.VLDB.in(cell), request))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.SS_UNMARSHAL));
    }
  }

  @Test
  @DisplayName("a closed port is ECONNREFUSED at once with LinuxPort")
  void aClosedPort(Cell cell) throws IOException {
    RxrpcAddress closed = new RxrpcAddress(cell.server(7009), Vldb.SERVICE);
    CallOptions soon = CallOptions.DEFAULT.timeout(Duration.ofSeconds(2));
    try (RxrpcEndpoint endpoint = Rpc.open(PortKind.LINUX)) {
      assertThatThrownBy(() -> endpoint.call(closed, Vldb.probe(), soon))
          .isInstanceOfSatisfying(
              NetworkErrorException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED))
          .hasMessageContaining("7009");
      assertThatThrownBy(() -> endpoint.version(closed.transport(), Duration.ofSeconds(20)))
          .isInstanceOf(NetworkErrorException.class);
    }
    try (RxrpcEndpoint endpoint = Rpc.open(PortKind.NIO)) { // which cannot see it
      assertThatThrownBy(() -> endpoint.call(closed, Vldb.probe(), soon))
          .isInstanceOf(CallTimeoutException.class);
    }
  }

  /** The statistics are a second service of the same port: two connections to one peer. */
  @Test
  void statisticsOfCalls(Cell cell) throws IOException {
    try (RxrpcEndpoint endpoint = Rpc.open()) {
      RxrpcAddress statistics = new RxrpcAddress(Server.PROTECTION.at(cell), RpcStatistics.SERVICE);
      assertThat(new XdrReader(endpoint.call(statistics, RpcStatistics.queryVersion())).int32())
          .isEqualTo(1);
      endpoint.call(statistics, RpcStatistics.enableProcess());
      assertThat(new XdrReader(endpoint.call(statistics, RpcStatistics.queryProcess())).int32())
          .isEqualTo(1);
      for (int i = 0; i < 10; i++) {
        endpoint.call(Server.PROTECTION.in(cell), Protection.listMax());
      }
      byte[] reply = endpoint.call(statistics, RpcStatistics.retrieveProcess());
      XdrReader in = new XdrReader(reply);
      assertThat(in.int32()).as("server version").isEqualTo(1);
      in.ints(2);
      assertThat(in.int32()).as("count").isPositive();
      assertThat(in.intList(1_000_000)).hasSizeGreaterThan(10);
      assertThat(endpoint.status().clientConnections()).isEqualTo(2);
    }
  }
}
