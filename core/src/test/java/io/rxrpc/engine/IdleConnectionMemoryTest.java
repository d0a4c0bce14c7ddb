// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a connection keeps of the heap, with its peer, when a client has made a small call and does
 * nothing more. {@code ./build bench small idle} measures it.
 */
class IdleConnectionMemoryTest {
  /** Octets; it may only ever become less. */
  private static final int MOST = 984;

  /** A node and two slots in the table of peers, and two slots in the heap of timers. */
  private static final int IN_TABLES = 32 + 8 + 8;

  private final MemorySegment packet = Arena.ofAuto().allocate(Ack.MAX_LENGTH);
  private final Transmission out = new Transmission();
  private long now = 1_000_000_000;

  private final Endpoint server =
      new Endpoint(
          Tunables.defaults(), new Random(1), new BufferPool(Arena.ofAuto(), 4 << 20), "", now);

  private void header(int type, int seq, int serial, int flags) {
    int all = Flags.CLIENT_INITIATED | flags;
    Header.write(packet, 0, 0x12345678, 0x100, 1, seq, serial, type, all, 0, 0, 0, 52);
  }

  private static InetSocketAddress address(int i) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i}), 7001);
  }

  private void call(int i) throws UnknownHostException {
    InetSocketAddress from = address(i);
    header(PacketType.DATA, 1, 1, Flags.LAST_PACKET);
    server.datagram(now, from, null, packet, 0, Header.LENGTH + 32);
    App app = new App(((EngineEvent.OfCall) Objects.requireNonNull(server.poll())).call());
    app.call.accept();
    app.run(now);
    app.write(new byte[32], true, now);
    app.release(now);
    while (server.transmit(now, out)) {
      server.transmitted();
    }
    header(PacketType.ACK, 0, 2, 0);
    Ack.write(packet, 0, 2, 0, 0, AckReason.IDLE, 0);
    int length = Ack.writeTrailer(packet, 0, 0, 1444, 1444, 32, 4);
    server.datagram(now, from, null, packet, 0, length);
    assertThat(app.completion().ok()).isTrue();
    while (server.poll() != null) {
      // its end is nobody's business
    }
    now += 1_000;
  }

  @Test
  void anIdleConnectionWithItsPeerIsSmall() throws UnknownHostException {
    server.addService(52, List.of(NullSecurity.INSTANCE), this);
    for (int i = 0; i < 3; i++) {
      call(i);
    }
    assertThat(server.serviceConnections()).isEqualTo(3);
    Map<String, Integer> sizes = Footprint.of(peer(1), peer(2));
    System.out.println("an idle service connection with its peer: " + sizes);
    assertThat(sizes).containsKeys("Peer", "ServiceConnection", "Channel", "InetSocketAddress");
    assertThat(sizes).doesNotContainKeys("Call", "Roster", "CallTimers");
    assertThat(Footprint.sum(sizes) + IN_TABLES).isLessThanOrEqualTo(MOST);
  }

  private Peer peer(int i) throws UnknownHostException {
    return Objects.requireNonNull(server.peers.find(address(i)));
  }
}
