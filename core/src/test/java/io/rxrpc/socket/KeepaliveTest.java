// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.socket;

import static io.rxrpc.socket.Sockets.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import io.rxrpc.wire.Version;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SO_KEEPALIVE, which the document leaves to be done. */
@Tag("long")
class KeepaliveTest {
  private static RxrpcSocket open(Tunables t) throws IOException {
    RxrpcSocket s = Sockets.timed(RxrpcSocket.open(StandardProtocolFamily.INET, t));
    s.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    return s;
  }

  private static long count(RxrpcSocket s, String counter) {
    return SocketAccess.table(s).driver.counters().get(counter);
  }

  @Test
  @DisplayName("an idle connection asks its peer, and is given up after silences")
  void idle() throws IOException {
    Tunables t =
        Sockets.tunables()
            .with(Tunable.PROBE_INTERVAL, Duration.ofMillis(100))
            .with(Tunable.PROBE_SILENCES, 2);
    try (RawPeer server = new RawPeer();
        RxrpcSocket client = open(t)) {
      client.connect(server.address(62));
      client.sendmsg(data(1, "x"));
      byte[] request = server.await(PacketType.DATA);
      server.answer(request, PacketType.DATA, 1, 1, Flags.LAST_PACKET, RawPeer.bytes("reply"));
      assertThat(Sockets.receive(client, 10)).contains("[EOR]");
      byte[] first = server.await(PacketType.VERSION);
      server.answer(first, PacketType.VERSION, 0, 0, 0, new byte[Version.TEXT_LENGTH]);
      for (int silence = 1; silence <= 2; silence++) {
        server.await(PacketType.VERSION);
      }
      assertThat(server.receive(Duration.ofMillis(400))).isNull();
      assertThat(count(client, "idle-probes-sent")).isEqualTo(3);
      assertThat(count(client, "idle-connections-given-up")).isEqualTo(1);
      client.sendmsg(data(1, "x"));
      int cid = Header.cid(MemorySegment.ofArray(server.await(PacketType.DATA)), 0);
      assertThat(cid).isNotEqualTo(Header.cid(MemorySegment.ofArray(request), 0));
    }
  }

  @Test
  @DisplayName("a live call is pinged at the interval")
  void live() throws IOException {
    Tunables t = Sockets.tunables().with(Tunable.PROBE_INTERVAL, Duration.ofMillis(100));
    try (RawPeer server = new RawPeer();
        RxrpcSocket client = open(t)) {
      client.connect(server.address(62));
      client.sendmsg(Message.of(1, new byte[3000]), MsgFlag.MORE);
      byte[] request = server.await(PacketType.DATA);
      byte[] ack = new byte[Ack.MIN_LENGTH - Header.LENGTH];
      ack[7] = 2; // firstPacket: the first one is here
      ack[16] = AckReason.IDLE;
      server.answer(request, PacketType.ACK, 1, 0, 0, ack);
      int pings = 0;
      while (pings < 3) {
        byte[] p = server.await(PacketType.ACK);
        pings += Ack.reason(MemorySegment.ofArray(p), 0) == AckReason.PING ? 1 : 0;
      }
    }
  }
}
