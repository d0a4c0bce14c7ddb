// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HeaderTest {
  @Test
  void readsTheFieldsOfARealPacket() {
    // OpenAFS client, DATA sealed by rxkad
    MemorySegment p =
        Packets.hex("9b932298 e2e9ac26 00000001 00000002 00000003 01 05 06 02 b4e9 04d2");
    assertThat(Header.epoch(p, 0)).isEqualTo(0x9b932298);
    assertThat(Header.cid(p, 0)).isEqualTo(0xe2e9ac26);
    assertThat(Header.connectionId(Header.cid(p, 0))).isEqualTo(0xe2e9ac24);
    assertThat(Header.channel(Header.cid(p, 0))).isEqualTo(2);
    assertThat(Header.callNumber(p, 0)).isEqualTo(1);
    assertThat(Header.seq(p, 0)).isEqualTo(2);
    assertThat(Header.serial(p, 0)).isEqualTo(3);
    assertThat(Header.type(p, 0)).isEqualTo(PacketType.DATA);
    assertThat(Header.flags(p, 0)).isEqualTo(Flags.CLIENT_INITIATED | Flags.LAST_PACKET);
    assertThat(Header.isClientInitiated(p, 0)).isTrue();
    assertThat(Header.userStatus(p, 0)).isEqualTo(6);
    assertThat(Header.securityIndex(p, 0)).isEqualTo(2);
    assertThat(Header.checksum(p, 0)).isEqualTo(0xb4e9); // in front of the service id on the wire
    assertThat(Header.serviceId(p, 0)).isEqualTo(1234);
  }

  @Test
  void whatIsWrittenAnywhereIsReadAgain() {
    for (long seed = 1; seed <= 2000; seed++) {
      Random random = new Random(seed);
      byte[] memory = new byte[64];
      random.nextBytes(memory);
      byte[] before = memory.clone();
      MemorySegment p = MemorySegment.ofArray(memory);
      long at = random.nextInt(64 - Header.LENGTH + 1); // also unaligned
      int[] v = random.ints(6).toArray();
      int flags = v[5] & Flags.KNOWN;
      int type = v[5] >>> 24;
      int user = v[5] >>> 16 & 0xff;
      int index = v[5] >>> 8 & 0xff;
      int checksum = v[4] >>> 16;
      int service = v[4] & 0xffff;
      Header.write(
          p, at, v[0], v[1], v[2], v[3], v[4], type, flags, user, index, checksum, service);
      assertThat(
              new int[] {
                Header.epoch(p, at),
                Header.cid(p, at),
                Header.callNumber(p, at),
                Header.seq(p, at),
                Header.serial(p, at),
                Header.type(p, at),
                Header.flags(p, at),
                Header.userStatus(p, at),
                Header.securityIndex(p, at),
                Header.checksum(p, at),
                Header.serviceId(p, at)
              })
          .as("seed %d", seed)
          .containsExactly(
              v[0], v[1], v[2], v[3], v[4], type, flags, user, index, checksum, service);
      System.arraycopy(memory, (int) at, before, (int) at, Header.LENGTH);
      assertThat(memory).as("seed %d: octets around the header", seed).isEqualTo(before);
    }
  }

  @Test
  @Tag("R-11")
  @DisplayName("R-11: unknown flag bits are read without harm and never sent")
  void unknownFlags() {
    MemorySegment p = Packets.of(PacketType.DATA, Flags.CLIENT_INITIATED, 1, 1, 32);
    p.set(ValueLayout.JAVA_BYTE, Header.FLAGS, (byte) 0xd1);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Header.isClientInitiated(p, 0)).isTrue();
    assertThat(Jumbo.isMore(Header.flags(p, 0))).isFalse();

    Header.setFlags(p, 0, Header.flags(p, 0));
    assertThat(Header.flags(p, 0)).isEqualTo(Flags.CLIENT_INITIATED);
    Header.write(p, 0, 0, 0, 1, 1, 1, PacketType.DATA, 0xff, 0, 0, 0, 0);
    assertThat(Header.flags(p, 0)).isEqualTo(Flags.KNOWN).isEqualTo(0x2f);
    MemorySegment jumbo = MemorySegment.ofArray(new byte[2 * Jumbo.STRIDE]);
    Jumbo.writeNext(jumbo, 0, 0xff, 0);
    assertThat(Jumbo.nextFlags(jumbo, 0)).isEqualTo(Flags.KNOWN);
  }

  @Test
  void flagsAndTypesHaveNames() {
    assertThat(Flags.describe(0)).isEmpty();
    assertThat(Flags.describe(Flags.CLIENT_INITIATED | Flags.REQUEST_ACK | Flags.LAST_PACKET))
        .isEqualTo("client,last,req-ack");
    assertThat(Flags.describe(0x79)).isEqualTo("client,more,jumbo,0x50");
    assertThat(Flags.describe(0x20, PacketType.ACK)).isEqualTo("slow-start-ok");
    assertThat(PacketType.name(PacketType.VERSION)).isEqualTo("VERSION");
    assertThat(PacketType.name(12)).isEqualTo("TYPE-12");
    assertThat(AckReason.name(AckReason.OUT_OF_SEQUENCE)).isEqualTo("OUT_OF_SEQUENCE");
    assertThat(AckReason.name(10)).isEqualTo("REASON-10");
  }
}
