// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.DebugConnection;
import io.rxrpc.wire.DebugRequest;
import io.rxrpc.wire.DebugStats;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Endpoints that are asked about themselves, and that ask others. */
@Tag("long")
class EndpointDebugTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static RxrpcEndpoint.Builder loopback() {
    return RxrpcEndpoint.builder()
        .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** A record as the layouts read it: behind room for a header. */
  private static MemorySegment record(byte[] payload) {
    byte[] packet = new byte[Header.LENGTH + payload.length];
    System.arraycopy(payload, 0, packet, Header.LENGTH, payload.length);
    return MemorySegment.ofArray(packet);
  }

  @Test
  @DisplayName("an endpoint that may answer tells its figures, connections and peers")
  void answers() throws IOException {
    try (RxrpcEndpoint server = loopback().answerDebug(true).open();
        RxrpcEndpoint client = loopback().open()) {
      InetSocketAddress at = server.localAddress();
      server.serve(52, CallHandler.blob(b -> b));
      client.call(new RxrpcAddress(at, 52), new byte[4]);
      MemorySegment stats = record(client.debug(at, DebugKind.STATS, 0, PATIENCE));
      assertThat(DebugStats.callsExecuted(stats, 0)).isEqualTo(1);
      assertThat(DebugStats.packets(stats, 0)).isPositive();
      MemorySegment c = record(client.debug(at, DebugKind.ANY_CONNECTION, 0, PATIENCE));
      assertThat(DebugConnection.port(c, 0)).isEqualTo(client.localAddress().getPort());
      assertThat(DebugConnection.natMtu(c, 0)).isPositive();
      assertThat(
              DebugConnection.isEnd(record(client.debug(at, DebugKind.CONNECTION, 0, PATIENCE)), 0))
          .isTrue();
      assertThat(client.debug(at, DebugKind.STATISTICS, 0, PATIENCE)).hasSize(284);
      assertThat(client.debug(at, DebugKind.PEER, 0, PATIENCE)).hasSize(132);
    }
  }

  @Test
  @Tag("R-22")
  @DisplayName("R-22: an endpoint that may not answer says so, and whoever asks learns it at once")
  void refuses() throws IOException {
    try (RxrpcEndpoint server = loopback().open();
        RxrpcEndpoint client = loopback().open()) {
      InetSocketAddress at = server.localAddress();
      assertThatThrownBy(() -> client.debug(at, DebugKind.STATS, 0, Duration.ofDays(1)))
          .isInstanceOfSatisfying(
              RemoteAbortException.class,
              e -> assertThat(e.code()).isEqualTo(AbortCode.PROTOCOL_ERROR))
          .hasMessageContaining("answers no DEBUG requests");
      assertThat(client.version(at, PATIENCE)).contains("RxRPC");
    }
  }

  /**
   * OpenAFS's tools wait for a packet with the call number they chose, and for nothing else; but a
   * datagram of no bytes ends a try, and five ends of that kind the program.
   */
  @Test
  @Tag("R-22")
  @DisplayName("R-22: a refusal to rxdebug is an ABORT, then the empty datagram that ends its wait")
  void refusalToTheTools() throws IOException {
    try (RxrpcEndpoint server = loopback().open();
        DatagramSocket tool = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      tool.setSoTimeout(30_000);
      byte[] request = new byte[DebugRequest.LENGTH];
      DebugRequest.write(MemorySegment.ofArray(request), 0, 101, DebugRequest.GETSTATS, 0);
      for (int i = 0; i < 5; i++) {
        tool.send(new DatagramPacket(request, request.length, server.localAddress()));
        MemorySegment refusal = MemorySegment.ofArray(receive(tool));
        assertThat(Header.type(refusal, 0)).isEqualTo(PacketType.ABORT);
        assertThat(Header.callNumber(refusal, 0)).isZero();
        assertThat(refusal.byteSize()).isEqualTo(Abort.LENGTH).isLessThan(request.length);
        assertThat(receive(tool)).isEmpty();
      }
    }
  }

  @Test
  @Tag("R-22")
  @DisplayName("R-22: beyond debug-rate nothing is said: no refusal, for the next second is free")
  void limited() throws IOException {
    Tunables two = Tunables.defaults().with(Tunable.DEBUG_RATE, 2);
    try (RxrpcEndpoint server = loopback().answerDebug(true).tunables(two).open();
        DatagramSocket tool = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      tool.setSoTimeout(300);
      byte[] request = new byte[DebugRequest.LENGTH];
      DebugRequest.write(MemorySegment.ofArray(request), 0, 101, DebugRequest.GETSTATS, 0);
      for (int i = 0; i < 100; i++) {
        tool.send(new DatagramPacket(request, request.length, server.localAddress()));
      }
      int answers = 0;
      try {
        while (true) {
          assertThat(Header.type(MemorySegment.ofArray(receive(tool)), 0))
              .isEqualTo(PacketType.DEBUG);
          answers++;
        }
      } catch (SocketTimeoutException e) {
        assertThat(answers).isBetween(2, 20);
      }
      assertThat(server.counters()).containsEntry("debugs-answered", (long) answers);
    }
  }

  private static byte[] receive(DatagramSocket socket) throws IOException {
    DatagramPacket p = new DatagramPacket(new byte[2000], 2000);
    socket.receive(p);
    return Arrays.copyOf(p.getData(), p.getLength());
  }

  @Test
  @DisplayName("a question is repeated, and ends with a timeout that says what was asked")
  void timeout() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        RxrpcEndpoint client = loopback().open()) {
      InetSocketAddress at = (InetSocketAddress) silent.getLocalSocketAddress();
      assertThatThrownBy(() -> client.debug(at, DebugKind.PEER, 3, Duration.ofMillis(1500)))
          .isInstanceOf(CallTimeoutException.class)
          .hasMessageContaining("no answer to a DEBUG request");
      silent.setSoTimeout(1000);
      byte[] first = receive(silent);
      assertThat(receive(silent)).isEqualTo(first);
      assertThat(DebugRequest.index(MemorySegment.ofArray(first), 0)).isEqualTo(3);
    }
  }
}
