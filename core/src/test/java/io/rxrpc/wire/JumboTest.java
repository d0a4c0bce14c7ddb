// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JumboTest {
  private static final int CLIENT = Flags.CLIENT_INITIATED;
  private static final int JUMBO = Flags.JUMBO_PACKET;

  /**
   * A DATA datagram with {@code count} subpackets, the last of {@code lastLength} octets; each
   * filled with its number.
   */
  private static MemorySegment jumbo(int count, int lastLength) {
    int length = Header.LENGTH + (count - 1) * Jumbo.STRIDE + lastLength;
    MemorySegment p = Packets.of(PacketType.DATA, CLIENT | (count > 1 ? JUMBO : 0), 1, 1, length);
    long data = Header.LENGTH;
    for (int i = 1; i <= count; i++) {
      p.asSlice(data, i < count ? Jumbo.DATA_LENGTH : lastLength).fill((byte) i);
      if (i < count) {
        int flags = i < count - 1 ? JUMBO : Flags.LAST_PACKET;
        Jumbo.writeNext(p, data, CLIENT | flags, 1000 + i);
        data = Jumbo.nextOffset(data);
      }
    }
    return p;
  }

  /** Walks as the class comment says. */
  static List<String> walk(MemorySegment p) {
    List<String> steps = new ArrayList<>();
    long data = Header.LENGTH;
    int flags = Header.flags(p, 0);
    int checksum = Header.checksum(p, 0);
    while (true) {
      int length = Jumbo.dataLength(flags, data, p.byteSize());
      MemorySegment part = p.asSlice(data, length);
      int fill = length == 0 ? 0 : part.get(ValueLayout.JAVA_BYTE, length - 1);
      steps.add(length + " of " + fill + " sum " + checksum + " [" + Flags.describe(flags) + "]");
      if (!Jumbo.isMore(flags)) {
        return steps;
      }
      flags = Jumbo.nextFlags(p, data);
      checksum = Jumbo.nextChecksum(p, data);
      data = Jumbo.nextOffset(data);
    }
  }

  @Test
  void splits() {
    MemorySegment p = jumbo(3, 100);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Jumbo.count(p, 0, (int) p.byteSize())).isEqualTo(3);
    assertThat(walk(p))
        .containsExactly(
            "1412 of 1 sum 0 [client,jumbo]",
            "1412 of 2 sum 1001 [client,jumbo]",
            "100 of 3 sum 1002 [client,last]");
  }

  @Test
  void anOrdinaryPacketIsOneSubpacket() {
    MemorySegment p = jumbo(1, 1416);
    assertThat(Jumbo.count(p, 0, (int) p.byteSize())).isEqualTo(1);
    assertThat(walk(p)).containsExactly("1416 of 1 sum 0 [client]");
  }

  @Test
  void splitsTheJumboThatOpenAfsTook() {
    MemorySegment p =
        MemorySegment.ofArray(Vectors.openafs("jumbo of two").packets().getFirst().udp());
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Jumbo.count(p, 0, (int) p.byteSize())).isEqualTo(2);
    assertThat(walk(p)).containsExactly("1412 of 65 sum 0 [client,jumbo]", "4 of 76 sum 0 [last]");
  }

  @Test
  @Tag("R-7")
  @DisplayName("R-7: less than 1412 + 4 octets behind a JUMBO header is refused")
  void truncated() {
    MemorySegment p = jumbo(3, 1);
    int second = Header.LENGTH + Jumbo.STRIDE;
    int third = second + Jumbo.STRIDE;
    for (int n = Header.LENGTH; n < third; n++) {
      assertThat(Packets.check(Packets.cut(p, n)))
          .as("%d octets", n)
          .isEqualTo(Malformed.JUMBO_TRUNCATED);
    }
    assertThat(Packets.check(Packets.cut(p, third))).isEqualTo(Malformed.NONE); // last one empty
    assertThat(
            Packets.check(
                MemorySegment.ofArray(
                    Vectors.openafs("jumbo truncated").packets().getFirst().udp())))
        .isEqualTo(Malformed.JUMBO_TRUNCATED);
    assertThat(Malformed.JUMBO_TRUNCATED.deservesAbort()).isTrue();
  }

  @Test
  @Tag("R-7")
  @DisplayName("R-7: LAST and JUMBO in one header or subheader is refused")
  void lastInTheMiddle() {
    MemorySegment first = jumbo(3, 10);
    Header.setFlags(first, 0, CLIENT | JUMBO | Flags.LAST_PACKET);
    assertThat(Packets.check(first)).isEqualTo(Malformed.JUMBO_LAST);

    MemorySegment second = jumbo(3, 10);
    Jumbo.writeNext(second, Header.LENGTH, CLIENT | JUMBO | Flags.LAST_PACKET, 0);
    assertThat(Packets.check(second)).isEqualTo(Malformed.JUMBO_LAST);
    assertThat(Malformed.JUMBO_LAST.deservesAbort()).isTrue();
  }

  @Test
  @Tag("R-8")
  @DisplayName("R-8: as many subpackets as 64 KiB hold, and the walk ends")
  void asManyAsFit() {
    int max = 65_507; // of UDP over IPv4
    int count = (max - Header.LENGTH) / Jumbo.STRIDE + 1;
    assertThat(count).isEqualTo(47);
    MemorySegment p = jumbo(count, (max - Header.LENGTH) % Jumbo.STRIDE);
    assertThat(p.byteSize()).isEqualTo(max);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Jumbo.count(p, 0, max)).isEqualTo(count);
    assertThat(walk(p)).hasSize(count);

    for (long data = Header.LENGTH; data + Jumbo.STRIDE <= max; data = Jumbo.nextOffset(data)) {
      Jumbo.writeNext(p, data, JUMBO, 0); // every one promises another
    }
    assertThat(Packets.check(p)).isEqualTo(Malformed.JUMBO_TRUNCATED);
  }

  @Test
  void subpacketsDoNotRunOverTheEndOfTheSequenceSpace() {
    MemorySegment p = jumbo(3, 10);
    Header.setSeq(p, 0, 0xfffffffd);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    Header.setSeq(p, 0, 0xfffffffe);
    assertThat(Packets.check(p)).isEqualTo(Malformed.SEQ_OVERFLOW);
  }

  @Test
  void howLongSoManyAreAndHowManyFit() {
    assertThat(Jumbo.length(1)).isEqualTo(28 + 1412);
    assertThat(Jumbo.length(3)).isEqualTo(28 + 3 * 1412 + 2 * 4);
    for (int packets = 1; packets <= 46; packets++) {
      assertThat(Jumbo.fit(Jumbo.length(packets))).isEqualTo(packets);
      assertThat(Jumbo.fit(Jumbo.length(packets) - 1)).isEqualTo(packets - 1);
    }
  }

  @Test
  @Tag("R-11")
  @DisplayName("R-11: a subheader has known flags only, and its second octet is zero")
  void subheaders() {
    byte[] octets = new byte[3000];
    Arrays.fill(octets, (byte) 0xa5);
    byte[] expected = octets.clone();
    MemorySegment p = MemorySegment.ofArray(octets);
    Jumbo.writeNext(p, 33, 0xff, 0xb4e9);
    System.arraycopy(new byte[] {0x2f, 0, (byte) 0xb4, (byte) 0xe9}, 0, expected, 33 + 1412, 4);
    assertThat(octets).isEqualTo(expected);
    Jumbo.setFlags(p, 33 + 1416, 0xff & ~Flags.REQUEST_ACK);
    expected[33 + 1412] = 0x2d;
    assertThat(octets).isEqualTo(expected);
  }
}
