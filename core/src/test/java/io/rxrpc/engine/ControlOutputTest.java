// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.packet.Block;
import io.rxrpc.engine.packet.BufferPool;
import io.rxrpc.engine.packet.BufferPool.Use;
import io.rxrpc.engine.packet.ReceiveQueue;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ControlOutputTest {
  private static final InetSocketAddress TO =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000);

  private final BufferPool pool = new BufferPool(Pipe.MARKED, 1 << 20);
  private final Counters counters = new Counters();
  private final ControlQueue queue = new ControlQueue(pool, counters);
  private final ControlOutput control = new ControlOutput(queue, counters);
  private final Endpoint endpoint =
      new Endpoint(Tunables.defaults(), new Random(1), pool, "marker test", 0);
  private final Connection connection = connection();

  private Connection connection() {
    Channel ch = endpoint.open(TO, 52, NullSecurity.INSTANCE, 0).channel;
    return Objects.requireNonNull(ch).connection;
  }

  private static Arrival arrival(MemorySegment packet) {
    return new Arrival().set(0, TO, null, packet, 0, (int) packet.byteSize(), false);
  }

  private List<Packet> drain() {
    List<Packet> packets = new ArrayList<>();
    Transmission t = new Transmission();
    while (queue.next(t)) {
      packets.add(Packet.of(t, 0));
    }
    queue.transmitted();
    return packets;
  }

  private int ack(int first, int reason) {
    return control.ack(
        connection, 65, 7, first, first, 0, reason, 0, endpoint.context.acks.trailer(), null);
  }

  @Test
  void packetsComeOutInOrderAndGiveTheirMemoryBack() {
    for (int i = 1; i <= 1000; i++) {
      assertThat(ack(i, AckReason.IDLE)).isEqualTo(i);
    }
    List<Packet> packets = drain();
    assertThat(packets).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(packets.get(i).firstPacket()).isEqualTo(i + 1);
      assertThat(packets.get(i).serial()).isEqualTo(i + 1);
    }
    assertThat(pool.outstanding()).isZero();
    assertThat(queue.pending()).isFalse();
  }

  @Test
  void whatIsHandedOutStaysUntilItHasLeft() {
    Transmission t = new Transmission();
    ack(1, AckReason.IDLE);
    ack(2, AckReason.IDLE);
    assertThat(queue.next(t)).isTrue();
    ack(3, AckReason.IDLE);
    assertThat(Packet.of(t, 0).firstPacket()).isEqualTo(1);
    queue.transmitted();
    assertThat(drain().stream().map(Packet::firstPacket)).containsExactly(2, 3);
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void isBounded() {
    int built = 0;
    for (int i = 0; i < 10_000; i++) {
      built += ack(1, AckReason.IDLE) != 0 ? 1 : 0;
    }
    assertThat(built).isEqualTo(4096);
    assertThat(counters.get(Counter.CONTROL_DROPPED)).isEqualTo(10_000 - 4096);
    assertThat(drain()).hasSize(4096);
    assertThat(pool.outstanding()).isZero();
    assertThat(ack(1, AckReason.IDLE)).isPositive();
    drain();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void withoutMemoryItDrops() {
    List<Block> hog = new ArrayList<>();
    for (Block b = pool.take(1, Use.CONTROL); b != null; b = pool.take(1, Use.CONTROL)) {
      hog.add(b);
    }
    assertThat(ack(1, AckReason.IDLE)).isZero();
    assertThat(counters.get(Counter.CONTROL_DROPPED)).isEqualTo(1);
    hog.forEach(pool::release);
    assertThat(ack(1, AckReason.IDLE)).isPositive();
    drain();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void randomUseKeepsOrderAndMemory() {
    long seed = 4;
    Random random = new Random(seed);
    Transmission t = new Transmission();
    int next = 1;
    int expected = 1;
    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          for (int k = random.nextInt(30); k > 0; k--) {
            ack(next++, AckReason.IDLE);
          }
        }
        case 1 -> {
          for (int k = random.nextInt(50); k > 0 && queue.next(t); k--) {
            assertThat(Packet.of(t, 0).firstPacket()).as("seed %d", seed).isEqualTo(expected++);
          }
        }
        default -> queue.transmitted();
      }
    }
    while (queue.next(t)) {
      assertThat(Packet.of(t, 0).firstPacket()).as("seed %d", seed).isEqualTo(expected++);
    }
    assertThat(expected).isEqualTo(next);
    queue.transmitted();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-4")
  void noRestOfOtherDataLeaves() { // the pool is full of markers
    ReceiveQueue rx = new ReceiveQueue(pool, 255, 1);
    MemorySegment data = MemorySegment.ofArray(new byte[10]);
    for (int seq = 2; seq < 200; seq += 3) {
      rx.insert(seq, false, data, 0, 10, 0);
    }
    control.ack(
        connection,
        65,
        7,
        1,
        199,
        3,
        AckReason.PING,
        Flags.REQUEST_ACK,
        endpoint.context.acks.trailer(),
        rx);
    ack(9, AckReason.DELAY);
    control.abort(connection, 65, 7, -5);
    control.busy(connection, 65, 7);
    control.versionRequest(TO, 17);
    MemorySegment request = MemorySegment.ofArray(new byte[Header.LENGTH + 1]);
    Header.write(
        request, 0, 999, 0, 3, 0, 1, PacketType.VERSION, Flags.CLIENT_INITIATED, 0, 0, 0, 0);
    control.versionReply(arrival(request), "marker test");
    control.reject(arrival(request), PacketType.ABORT, -5);
    control.reject(arrival(request), PacketType.BUSY, 0);
    control.security(connection, PacketType.CHALLENGE, new byte[] {1, 2, 3}, 0);
    List<Packet> packets = drain();
    assertThat(packets).hasSize(9);
    for (Packet p : packets) {
      for (int i = 0; i < p.bytes().length; i++) {
        assertThat(p.bytes()[i]).as("octet %d of %s", i, p).isNotEqualTo(Pipe.MARKER);
      }
      assertThat(PacketCheck.check(p.memory(), 0, p.bytes().length))
          .isIn(Malformed.NONE, Malformed.WRONG_DIRECTION);
    }
    rx.clear();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  @Tag("R-21")
  void aRejectionMirrorsThePacket() { // its direction is the other one
    MemorySegment p = MemorySegment.ofArray(new byte[Header.LENGTH]);
    Header.write(p, 0, 0x1234, 0x4567, 89, 3, 10, PacketType.DATA, 0xff, 1, 2, 999, 4711);
    control.reject(arrival(p), PacketType.ABORT, -5);
    Packet abort = drain().getFirst();
    assertThat(Header.epoch(abort.memory(), 0)).isEqualTo(0x1234);
    assertThat(abort.cid()).isEqualTo(0x4567);
    assertThat(abort.callNumber()).isEqualTo(89);
    assertThat(abort.serviceId()).isEqualTo(4711);
    assertThat(abort.securityIndex()).isEqualTo(2);
    assertThat(abort.flags()).isZero();
    assertThat(Header.checksum(abort.memory(), 0)).isZero();
    assertThat(Header.userStatus(abort.memory(), 0)).isZero();
    assertThat(abort.code()).isEqualTo(-5);
  }
}
