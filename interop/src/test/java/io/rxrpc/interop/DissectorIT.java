// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.AbortCode;
import io.rxrpc.CallAbort;
import io.rxrpc.CallHandler;
import io.rxrpc.PacketCapture;
import io.rxrpc.RemoteAbortException;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.interop.peers.Needs;
import io.rxrpc.interop.peers.Needs.Peer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wireshark's dissector finds nothing to say about what we send. */
@Needs(Peer.TSHARK)
class DissectorIT {
  private static final int ECHO = 100;
  private static final int ABORTING = 101;
  private static final int SLOW = 102;
  private static final int UNKNOWN = 103;
  private static final int BULK = 400_000;

  private static final CallHandler SLOWLY =
      call -> {
        byte[] request = call.readAll(1000);
        // long enough for some keepalives of the client
        boolean woken = new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS);
        assertThat(woken).isFalse();
        call.endReply(request);
      };

  private static RxrpcEndpoint open(String host, PortKind kind, PacketCapture capture)
      throws IOException {
    Rpc.assumeThatThereIs(kind);
    Tunables eager = Tunables.defaults().with(Tunable.KEEPALIVE, Duration.ofMillis(200));
    return RxrpcEndpoint.builder()
        .local(Rpc.loopback(host, 0))
        .port(kind)
        .tunables(eager)
        .capture(capture)
        .open();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, LINUX", "127.0.0.1, NIO", "::1, LINUX", "::1, NIO"})
  void everythingThatHappensWithoutLoss(String host, PortKind kind, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("calls.pcap");
    try (PacketCapture capture = PacketCapture.open(file);
        RxrpcEndpoint server = open(host, kind, capture);
        RxrpcEndpoint client = open(host, kind, capture)) {
      serve(server);
      converse(client, server.localAddress());
      capture.flush();
      Dissector dissector = new Dissector(file).withoutAfs().port(server.localAddress());
      assertThat(dissector.complaints()).isEmpty();
      assertThat(dissector.types()).isEqualTo(Set.of("1", "2", "4", "13"));
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, LINUX", "::1, NIO"})
  void bulkWithLoss(String host, PortKind kind, @TempDir Path directory) throws IOException {
    Path file = directory.resolve("loss.pcap");
    try (PacketCapture capture = PacketCapture.open(file);
        RxrpcEndpoint server = open(host, kind, capture);
        RxrpcEndpoint client = open(host, kind, capture);
        LossyRelay relay = LossyRelay.open(host, server.localAddress(), 13)) {
      serve(server);
      byte[] data = Rpc.random(3, BULK);
      RxrpcAddress echo = Rpc.service(relay.localAddress(), ECHO);
      assertThat(client.call(echo, data)).isEqualTo(data);
      assertThat(client.counters().get("data-resent")).isPositive();
      assertThat(server.counters().get("data-resent")).isPositive();
      capture.flush();
      Dissector dissector =
          new Dissector(file).withoutAfs().port(server.localAddress()).port(relay.localAddress());
      assertThat(dissector.complaints()).isEmpty();
      assertThat(dissector.types()).isEqualTo(Set.of("1", "2"));
    }
  }

  private static void serve(RxrpcEndpoint server) throws IOException {
    server.serve(ECHO, CallHandler.blob(request -> request));
    server.serve(
        ABORTING,
        CallHandler.blob(
            _ -> {
              throw new CallAbort(new AbortCode(4711));
            }));
    server.serve(SLOW, SLOWLY);
  }

  private static void converse(RxrpcEndpoint client, InetSocketAddress server) throws IOException {
    byte[] data = Rpc.random(3, BULK);
    assertThat(client.call(Rpc.service(server, ECHO), new byte[0])).isEmpty();
    assertThat(client.call(Rpc.service(server, ECHO), new byte[] {1, 2, 3})).hasSize(3);
    assertThat(client.call(Rpc.service(server, ECHO), data)).isEqualTo(data);
    assertThat(client.call(Rpc.service(server, SLOW), new byte[] {1})).hasSize(1);
    // whichever side is the first to miss a sign of life
    assertThat(client.counters().get("pings-sent") + client.counters().get("pings-received"))
        .isPositive();
    for (int service : List.of(ABORTING, UNKNOWN)) {
      assertThatThrownBy(() -> client.call(Rpc.service(server, service), data))
          .isInstanceOf(RemoteAbortException.class);
    }
    assertThat(client.version(server, Duration.ofSeconds(10))).isEqualTo("RxRPC for Java");
  }
}
