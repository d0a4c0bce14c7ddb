// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AckTest {
  private static final byte MARKER = (byte) 0xa5;

  @Test
  void readsAnAckOfOpenAfs() {
    byte[] udp = Vectors.openafs("out of order seq2 first").packets().getLast().udp();
    MemorySegment p = MemorySegment.ofArray(udp);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Ack.firstPacket(p, 0)).isEqualTo(1);
    assertThat(Ack.previousPacket(p, 0)).isEqualTo(2);
    assertThat(Ack.serial(p, 0)).isEqualTo(1);
    assertThat(Ack.reason(p, 0)).isEqualTo(AckReason.OUT_OF_SEQUENCE);
    assertThat(Ack.count(p, 0)).isEqualTo(2);
    assertThat(Ack.softAck(p, 0, 0)).isFalse();
    assertThat(Ack.softAck(p, 0, 1)).isTrue();
    assertThat(Ack.trailerWords(p, 0, udp.length)).isEqualTo(4);
    assertThat(Ack.maxMtu(p, 0, udp.length)).isEqualTo(5692);
    assertThat(Ack.ifMtu(p, 0, udp.length)).isEqualTo(1444);
    assertThat(Ack.rwind(p, 0, udp.length)).isEqualTo(16);
    assertThat(Ack.jumboMax(p, 0, udp.length)).isEqualTo(4);
  }

  @Test
  void writesTheSameOctets() {
    byte[] udp = Vectors.openafs("out of order seq2 first").packets().getLast().udp();
    byte[] memory = new byte[300];
    Arrays.fill(memory, MARKER);
    MemorySegment p = MemorySegment.ofArray(memory);
    MemorySegment.copy(MemorySegment.ofArray(udp), 0, p, 7, Header.LENGTH);
    Ack.write(p, 7, 1, 2, 1, AckReason.OUT_OF_SEQUENCE, 2);
    Ack.setSoftAck(p, 7, 0, false);
    Ack.setSoftAck(p, 7, 1, true);
    assertThat(Ack.writeTrailer(p, 7, 2, 5692, 1444, 16, 4)).isEqualTo(udp.length);
    assertThat(Arrays.copyOfRange(memory, 7, 7 + udp.length)).isEqualTo(udp);
    assertThat(memory[6]).isEqualTo(MARKER);
    assertThat(memory[7 + udp.length]).isEqualTo(MARKER);
  }

  @Test
  @Tag("R-4")
  @DisplayName("R-4: no octet of what was in the buffer before gets out, whatever the count")
  void zeroPadding() {
    for (int count = 0; count <= Ack.MAX_COUNT; count++) {
      byte[] memory = new byte[Ack.MAX_LENGTH + 1000];
      Arrays.fill(memory, MARKER);
      MemorySegment p = MemorySegment.ofArray(memory);
      Header.write(p, 0, 1, 4, 1, 0, 1, PacketType.ACK, 0, 0, 0, 0, 52);
      Ack.write(p, 0, 1, 0, 0, AckReason.DELAY, count);
      for (int i = 0; i < count; i++) {
        Ack.setSoftAck(p, 0, i, (i & 1) == 0);
      }
      int length = Ack.writeTrailer(p, 0, count, 1444, 1444, 32, 4);
      assertThat(length).isEqualTo(28 + 18 + count + 3 + 16);
      memory[Header.LENGTH + Ack.COUNT] = 0; // with 165 it is the marker
      int padding = Ack.MIN_LENGTH + count;
      assertThat(Arrays.copyOfRange(memory, padding, padding + 3)).containsOnly(0);
      assertThat(Arrays.copyOf(memory, length)).doesNotContain(MARKER);
      assertThat(memory[length]).isEqualTo(MARKER);

      int padded = Ack.writeFill(p, 0, length, length + 700); // an MTU probe
      assertThat(padded).isEqualTo(length + 700);
      assertThat(Arrays.copyOf(memory, padded)).doesNotContain(MARKER);
      assertThat(memory[padded]).isEqualTo(MARKER);
      Layouts.setUint8(p, Header.LENGTH + Ack.COUNT, count);
      assertThat(Packets.check(Packets.cut(p, padded))).isEqualTo(Malformed.NONE);
      assertThat(Ack.trailerWords(p, 0, padded)).isEqualTo(4);
    }
  }

  @ParameterizedTest(name = "R-2: with {0} acks, whatever part of the trailer is there")
  @Tag("R-2")
  @ValueSource(ints = {0, 1, 2, 3, 32, 254, 255})
  void trailerOfAnyLength(int count) {
    MemorySegment whole = Packets.of(PacketType.ACK, 0, 1, 0, Ack.MAX_LENGTH);
    Ack.write(whole, 0, 1, 0, 0, AckReason.REQUESTED, count);
    int length = Ack.writeTrailer(whole, 0, count, 5692, 1444, 32, 4);
    for (int n = Ack.MIN_LENGTH + count; n <= length; n++) {
      MemorySegment p = Packets.cut(whole, n); // reading behind it throws
      assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
      int octets = Math.max(0, n - (Ack.MIN_LENGTH + count + 3));
      int words = octets < 8 ? 0 : octets / 4;
      assertThat(Ack.trailerWords(p, 0, n)).as("%d octets", octets).isEqualTo(words);
      assertThat(Ack.maxMtu(p, 0, n)).isEqualTo(words >= 2 ? 5692 : Ack.ABSENT);
      assertThat(Ack.ifMtu(p, 0, n)).isEqualTo(words >= 2 ? 1444 : Ack.ABSENT);
      assertThat(Ack.rwind(p, 0, n)).isEqualTo(words >= 3 ? 32 : Ack.ABSENT);
      assertThat(Ack.jumboMax(p, 0, n)).isEqualTo(words >= 4 ? 4 : Ack.ABSENT);
    }
  }

  @Test
  @Tag("R-2")
  @DisplayName("R-2: an ACK that is too short, or shorter than its nAcks says")
  void truncated() {
    MemorySegment whole = Packets.of(PacketType.ACK, 0, 1, 0, Ack.MAX_LENGTH);
    Ack.write(whole, 0, 1, 0, 0, AckReason.REQUESTED, 10);
    for (int n = Header.LENGTH; n < Ack.MIN_LENGTH; n++) {
      assertThat(Packets.check(Packets.cut(whole, n))).isEqualTo(Malformed.ACK_TOO_SHORT);
    }
    for (int n = Ack.MIN_LENGTH; n < Ack.MIN_LENGTH + 10; n++) {
      assertThat(Packets.check(Packets.cut(whole, n))).isEqualTo(Malformed.ACK_TRUNCATED);
    }
    assertThat(Packets.check(Packets.cut(whole, Ack.MIN_LENGTH + 10))).isEqualTo(Malformed.NONE);
    assertThat(Packets.check(MemorySegment.ofArray(openAfsShortAck())))
        .isEqualTo(Malformed.ACK_TOO_SHORT);
  }

  private static byte[] openAfsShortAck() {
    return Vectors.openafs("ack with short body").packets().getFirst().udp();
  }

  @Test
  @Tag("R-5")
  @DisplayName("R-5: only bit 0 of acks[i] counts")
  void ackBitsAreMasked() {
    MemorySegment p = Packets.of(PacketType.ACK, 0, 1, 0, Ack.MIN_LENGTH + 255);
    Ack.write(p, 0, 1, 0, 0, AckReason.REQUESTED, 255);
    for (int i = 0; i < 255; i++) {
      p.set(ValueLayout.JAVA_BYTE, Ack.MIN_LENGTH + i, (byte) i);
      assertThat(Ack.softAck(p, 0, i)).isEqualTo((i & 1) == 1);
    }
  }

  @Test
  void wordsBeyondTheSignBitAreLargeAndNotNegative() {
    MemorySegment p = Packets.of(PacketType.ACK, 0, 1, 0, Ack.MAX_LENGTH);
    Ack.write(p, 0, 1, 0, 0, AckReason.REQUESTED, 0);
    int length = Ack.writeTrailer(p, 0, 0, -1, 0x80000000, -1, -1);
    assertThat(Ack.maxMtu(p, 0, length)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Ack.ifMtu(p, 0, length)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Ack.rwind(p, 0, length)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Ack.jumboMax(p, 0, length)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (long seed = 1; seed <= 1000; seed++) {
      Random random = new Random(seed);
      byte[] memory = new byte[Ack.MAX_LENGTH + 16];
      random.nextBytes(memory);
      MemorySegment p = MemorySegment.ofArray(memory);
      long at = random.nextInt(16);
      int[] v = random.ints(3).toArray();
      int[] t = random.ints(4, 0, Integer.MAX_VALUE).toArray();
      int reason = random.nextInt(256);
      boolean[] acks = new boolean[random.nextInt(256)];
      Ack.write(p, at, v[0], v[1], v[2], reason, acks.length);
      for (int i = 0; i < acks.length; i++) {
        acks[i] = random.nextBoolean();
        Ack.setSoftAck(p, at, i, acks[i]);
      }
      int length = Ack.writeTrailer(p, at, acks.length, t[0], t[1], t[2], t[3]);
      assertThat(
              new int[] {
                Ack.firstPacket(p, at),
                Ack.previousPacket(p, at),
                Ack.serial(p, at),
                Ack.reason(p, at),
                Ack.count(p, at),
                Ack.maxMtu(p, at, length),
                Ack.ifMtu(p, at, length),
                Ack.rwind(p, at, length),
                Ack.jumboMax(p, at, length)
              })
          .as("seed %d", seed)
          .containsExactly(v[0], v[1], v[2], reason, acks.length, t[0], t[1], t[2], t[3]);
      boolean[] read = new boolean[acks.length];
      for (int i = 0; i < acks.length; i++) {
        read[i] = Ack.softAck(p, at, i);
      }
      assertThat(read).as("seed %d", seed).isEqualTo(acks);
    }
  }
}
