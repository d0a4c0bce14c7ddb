// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.small;

import io.rxrpc.engine.Call;
import io.rxrpc.engine.Endpoint;
import io.rxrpc.engine.EngineEvent;
import io.rxrpc.engine.PhaseReader;
import io.rxrpc.engine.PhaseWriter;
import io.rxrpc.engine.Transmission;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A service of which many clients, each at an address of its own, have made one small call: their
 * connections stay, and do nothing.
 */
final class IdleConnections implements AutoCloseable {
  private static final int SERVICE = 147;
  private static final int OCTETS = 32;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment packet = arena.allocate(Ack.MAX_LENGTH);
  private final MemorySegment data = arena.allocate(OCTETS);
  private final Transmission transmission = new Transmission();
  private final Endpoint server;
  private long now = 1_000_000_000;

  IdleConnections(int most) {
    Tunables tunables =
        Tunables.defaults().with(Tunable.SERVICE_CONNECTIONS, most).with(Tunable.PEERS, most);
    BufferPool pool = new BufferPool(arena, 16 << 20);
    server = new Endpoint(tunables, new SplittableRandom(1), pool, "idle", now);
    server.addService(SERVICE, List.of(NullSecurity.INSTANCE), this);
  }

  /** Octets of heap that each of so many takes; there are none before. */
  double measure(int connections) throws SecurityFailure, UnknownHostException {
    warm(connections);
    long before = used();
    for (int i = 0; i < connections; i++) {
      call(i);
    }
    long after = used();
    if (server.serviceConnections() != connections) {
      throw new IllegalStateException(server.serviceConnections() + " connections are there");
    }
    return (double) (after - before) / connections;
  }

  /** Those that were there are gone, and what they have left behind is not theirs. */
  private void warm(int connections) throws SecurityFailure, UnknownHostException {
    for (int i = 0; i < Math.min(connections, 1_000); i++) {
      call(i);
    }
    now += 3_600_000_000_000L;
    server.timeout(now);
    now += 3_600_000_000_000L;
    server.timeout(now);
    if (server.serviceConnections() != 0 || server.peerCount() != 0) {
      throw new IllegalStateException("connections are left");
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void call(int i) throws SecurityFailure, UnknownHostException {
    byte[] octets = {10, (byte) (i >>> 16), (byte) (i >>> 8), (byte) i};
    InetSocketAddress from = new InetSocketAddress(InetAddress.getByAddress(octets), 7001);
    header(PacketType.DATA, 1, Flags.CLIENT_INITIATED | Flags.LAST_PACKET);
    server.datagram(now, from, null, packet, 0, Header.LENGTH + OCTETS);
    serve();
    while (server.transmit(now, transmission)) {
      server.transmitted();
    }
    header(PacketType.ACK, 0, Flags.CLIENT_INITIATED);
    Ack.write(packet, 0, 2, 0, 0, AckReason.IDLE, 0);
    int length = Ack.writeTrailer(packet, 0, 0, 1444, 1444, 32, 4);
    server.datagram(now, from, null, packet, 0, length);
    events();
    now += 1_000;
  }

  private void header(int type, int seq, int flags) {
    int serial = type == PacketType.DATA ? 1 : 2;
    Header.write(packet, 0, 0x12345678, 0x100, 1, seq, serial, type, flags, 0, 0, 0, SERVICE);
  }

  private void serve() throws SecurityFailure {
    Call call = events();
    if (call == null) {
      throw new IllegalStateException("no call came");
    }
    call.accept();
    PhaseReader reader = new PhaseReader(call);
    reader.fetch();
    reader.copy(data, 0, OCTETS);
    reader.release(now);
    PhaseWriter writer = new PhaseWriter(call);
    writer.grant(OCTETS, now);
    writer.put(data, 0, OCTETS);
    writer.finish();
    writer.commit(now);
    reader.close(now);
    writer.close();
    call.release(now);
  }

  private @Nullable Call events() {
    Call found = null;
    for (EngineEvent e = server.poll(); e != null; e = server.poll()) {
      if (e instanceof EngineEvent.OfCall happened) {
        Call call = happened.call();
        found = (call.takeEvents() & Call.NEW) != 0 ? call : found;
      }
    }
    return found;
  }

  @Override
  public void close() {
    server.close(-1, now);
    arena.close();
  }
}
