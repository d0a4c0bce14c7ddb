// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import io.rxrpc.wire.Malformed;
import io.rxrpc.wire.PacketCheck;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains of packets that become jumbo datagrams. */
class JumboJoinerTest {
  private static final InetSocketAddress TO =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000);
  private static final int CLIENT = Flags.CLIENT_INITIATED;
  private static final int MORE = Flags.MORE_PACKETS;
  private static final int FULL = Header.LENGTH + Jumbo.DATA_LENGTH;

  private final JumboJoiner joiner = new JumboJoiner(Arena.ofAuto());

  /** A packet, or a part of a jumbo datagram with the header that it would have alone. */
  private record Part(int seq, int serial, int flags, int checksum, String data) {}

  private static byte[] packet(int seq, int flags, int checksum, int length) {
    byte[] bytes = new byte[Header.LENGTH + length];
    new SplittableRandom(seq).nextBytes(bytes);
    MemorySegment p = MemorySegment.ofArray(bytes);
    Header.write(
        p,
        0,
        0x80001234,
        0x5678_9abc,
        3,
        seq,
        seq + 100,
        PacketType.DATA,
        flags,
        0,
        2,
        checksum,
        9);
    return bytes;
  }

  /** Packets one behind the other somewhere in a block. */
  private static Transmission train(int join, List<byte[]> packets) {
    int length = packets.stream().mapToInt(b -> b.length).sum();
    MemorySegment block = Arena.ofAuto().allocate(length + 40);
    long at = 24;
    for (byte[] p : packets) {
      MemorySegment.copy(p, 0, block, ValueLayout.JAVA_BYTE, at, p.length);
      at += p.length;
    }
    Transmission t = new Transmission();
    t.set(TO, null, block, 24, length, packets.getFirst().length, true);
    t.join = join;
    return t;
  }

  private static List<byte[]> datagrams(Transmission t) {
    List<byte[]> datagrams = new ArrayList<>();
    for (long at = 0; at < t.length(); at += t.segmentSize()) {
      long n = Math.min(t.segmentSize(), t.length() - at);
      datagrams.add(t.memory().asSlice(t.offset() + at, n).toArray(ValueLayout.JAVA_BYTE));
    }
    return datagrams;
  }

  /** Walks as a receiver does. */
  private static List<Part> parts(byte[] datagram) {
    MemorySegment p = MemorySegment.ofArray(datagram);
    assertThat(PacketCheck.check(p, 0, datagram.length)).isEqualTo(Malformed.NONE);
    List<Part> parts = new ArrayList<>();
    int flags = Header.flags(p, 0);
    int checksum = Header.checksum(p, 0);
    long data = Header.LENGTH;
    for (int i = 0; ; i++) {
      int n = Jumbo.dataLength(flags, data, datagram.length);
      String bytes = HexFormat.of().formatHex(datagram, (int) data, (int) data + n);
      int alone = flags & ~Flags.JUMBO_PACKET;
      parts.add(new Part(Header.seq(p, 0) + i, Header.serial(p, 0) + i, alone, checksum, bytes));
      if (!Jumbo.isMore(flags)) {
        return parts;
      }
      flags = Jumbo.nextFlags(p, data);
      checksum = Jumbo.nextChecksum(p, data);
      data = Jumbo.nextOffset(data);
    }
  }

  @Test
  void theBytesOfThree() {
    List<byte[]> packets =
        List.of(
            packet(5, CLIENT | MORE, 0x1111, 1412),
            packet(6, CLIENT | MORE, 0x2222, 1412),
            packet(7, CLIENT | Flags.LAST_PACKET | Flags.REQUEST_ACK, 0x3333, 3));
    Transmission t = train(4, packets);
    joiner.join(t);
    byte[] joined = datagrams(t).getFirst();
    assertThat(t.apart()).as("who gets it reads datagrams one by one").isTrue();
    assertThat(t.length()).isEqualTo(28 + 1412 + 4 + 1412 + 4 + 3).isEqualTo(joined.length);
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(joined, 0, 28))
        .isEqualTo(
            "80001234"
                + "56789abc"
                + "00000003"
                + "00000005"
                + "00000069"
                + "01290002"
                + "11110009");
    assertThat(hex.formatHex(joined, 28, 1440)).isEqualTo(hex.formatHex(packets.get(0), 28, 1440));
    assertThat(hex.formatHex(joined, 1440, 1444)).as("flags, 0, checksum").isEqualTo("29002222");
    assertThat(hex.formatHex(joined, 1444, 2856))
        .isEqualTo(hex.formatHex(packets.get(1), 28, 1440));
    assertThat(hex.formatHex(joined, 2856, 2860)).as("no JUMBO in the last").isEqualTo("07003333");
    assertThat(hex.formatHex(joined, 2860, 2863)).isEqualTo(hex.formatHex(packets.get(2), 28, 31));
  }

  /** Joined and walked it gives back the packets, and where they were built nothing has changed. */
  @Test
  @Tag("R-8")
  void whatIsJoinedWalksAsWhatItWas() {
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      int count = random.nextInt(1, 46);
      int join = random.nextInt(1, 12);
      List<byte[]> packets = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        boolean last = i == count - 1;
        int flags = random.nextInt() & (CLIENT | MORE | Flags.REQUEST_ACK);
        flags |= last && random.nextBoolean() ? Flags.LAST_PACKET : 0;
        int length = last ? random.nextInt(0, 1413) : 1412;
        packets.add(packet(1000 * round + i + 1, flags, random.nextInt(1 << 16), length));
      }
      Transmission t = train(join, packets);
      MemorySegment built = t.memory();
      byte[] before = built.toArray(ValueLayout.JAVA_BYTE);
      joiner.join(t);
      List<byte[]> datagrams = datagrams(t);
      List<Part> expected = packets.stream().flatMap(p -> parts(p).stream()).toList();
      assertThat(datagrams.stream().flatMap(d -> parts(d).stream()).toList())
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected);
      assertThat(datagrams).hasSize((count + join - 1) / join);
      assertThat(built.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(before);
      assertThat(t.join()).isEqualTo(1);
      assertThat(t.to()).isEqualTo(TO);
      assertThat(t.dontFragment()).isTrue();
      joiner.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 45})
  void aTrainThatIsNotToBeJoinedStaysWhereItIs(int count) {
    List<byte[]> packets = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      packets.add(packet(i, CLIENT, 0, 1412));
    }
    Transmission t = train(1, packets);
    MemorySegment built = t.memory();
    joiner.join(t);
    assertThat(t.memory()).isSameAs(built);
    assertThat(t.segmentSize()).isEqualTo(FULL);
    assertThat(datagrams(t)).containsExactlyElementsOf(packets);
  }

  @Test
  void hasRoomForThreeTrainsAndSaysSo() {
    List<byte[]> packets = new ArrayList<>();
    for (int i = 1; i <= 45; i++) {
      packets.add(packet(i, CLIENT, 0, 1412));
    }
    List<Transmission> trains = new ArrayList<>();
    while (joiner.hasRoom()) {
      Transmission t = train(6, packets);
      joiner.join(t);
      trains.add(t);
    }
    assertThat(trains).hasSizeGreaterThanOrEqualTo(3);
    List<Part> all = packets.stream().flatMap(p -> parts(p).stream()).toList();
    for (Transmission t : trains) {
      assertThat(datagrams(t).stream().flatMap(d -> parts(d).stream()).toList()).isEqualTo(all);
    }
    assertThatThrownBy(() -> joiner.join(train(6, packets)))
        .isInstanceOf(IllegalStateException.class);
    joiner.clear();
    assertThat(joiner.hasRoom()).isTrue();
  }
}
