// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketCheckTest {
  @Test
  @Tag("R-1")
  @DisplayName("R-1: 0 to 27 octets are a short header, silently")
  void shortHeader() {
    Random random = new Random(1);
    for (int n = 0; n < Header.LENGTH; n++) {
      byte[] octets = new byte[n];
      random.nextBytes(octets);
      assertThat(Packets.check(MemorySegment.ofArray(octets))).isEqualTo(Malformed.SHORT_HEADER);
    }
    assertThat(Malformed.SHORT_HEADER.deservesAbort()).isFalse();
  }

  @ParameterizedTest(name = "type {0} flags {1} call {2} seq {3} length {4}: {5}")
  @CsvSource({
    // DATA
    "1, 1, 1, 1, 28, NONE",
    "1, 1, 0, 1, 28, CALL_NUMBER_ZERO",
    "1, 1, 1, 0, 28, SEQ_ZERO",
    "1, 0, 1, -1, 28, NONE",
    // ACK, ACKALL: seq is not looked at
    "2, 0, 1, 0, 46, NONE",
    "2, 0, 1, 7, 46, NONE",
    "2, 0, 0, 0, 46, CALL_NUMBER_ZERO",
    "2, 0, 0, 0, 45, ACK_TOO_SHORT",
    "5, 1, 1, 0, 28, NONE",
    "5, 1, 0, 0, 28, CALL_NUMBER_ZERO",
    // BUSY is the server's
    "3, 0, 1, 0, 28, NONE",
    "3, 0, 0, 0, 28, CALL_NUMBER_ZERO",
    "3, 1, 1, 0, 28, WRONG_DIRECTION",
    // ABORT of a call or a connection
    "4, 0, 1, 0, 32, NONE",
    "4, 1, 0, 0, 32, NONE",
    "4, 1, -1, 0, 32, NONE",
    "4, 1, 0, 0, 60, NONE",
    // CHALLENGE is the server's, RESPONSE the client's; both for the connection
    "6, 0, 0, 0, 44, NONE",
    "6, 1, 0, 0, 44, WRONG_DIRECTION",
    "6, 0, 1, 0, 44, CALL_NUMBER_NOT_ZERO",
    "7, 1, 0, 0, 44, NONE",
    "7, 0, 0, 0, 44, WRONG_DIRECTION",
    "7, 1, 1, 0, 44, CALL_NUMBER_NOT_ZERO",
    // DEBUG and VERSION: the call number is the asker's own
    "8, 1, -1, 0, 36, NONE",
    "8, 1, 1, 0, 35, DEBUG_TOO_SHORT",
    "8, 0, 1, 0, 35, DEBUG_TOO_SHORT",
    "13, 1, -1, 0, 29, NONE",
    "13, 1, 1, 0, 28, VERSION_TOO_SHORT",
    "13, 0, 0, 0, 28, NONE",
    // ignored, and unknown
    "9, 1, 1, 1, 99, RESERVED_TYPE",
    "10, 1, 1, 1, 99, RESERVED_TYPE",
    "11, 1, 1, 1, 99, RESERVED_TYPE",
    "0, 1, 1, 1, 99, UNKNOWN_TYPE",
    "12, 1, 1, 1, 99, UNKNOWN_TYPE",
    "14, 1, 1, 1, 99, UNKNOWN_TYPE",
    "255, 1, 1, 1, 99, UNKNOWN_TYPE",
  })
  void structure(int type, int flags, int call, int seq, int length, Malformed expected) {
    MemorySegment p = Packets.of(type, flags, call, seq, length);
    assertThat(Packets.check(p)).isEqualTo(expected);
  }

  @Test
  @Tag("R-13")
  @DisplayName("R-13: an ABORT of less than 4 octets is dropped, silently")
  void shortAbort() {
    MemorySegment p = Packets.of(PacketType.ABORT, 0, 1, 0, Abort.LENGTH);
    assertThat(Abort.write(p, 0, -455)).isEqualTo(Abort.LENGTH).isEqualTo(32);
    assertThat(Packets.check(p)).isEqualTo(Malformed.NONE);
    assertThat(Abort.code(p, 0)).isEqualTo(AbortCodes.RXGEN_OPCODE);
    for (int n = Header.LENGTH; n < Abort.LENGTH; n++) {
      assertThat(Packets.check(Packets.cut(p, n))).isEqualTo(Malformed.ABORT_TOO_SHORT);
    }
    assertThat(Malformed.ABORT_TOO_SHORT.deservesAbort()).isFalse();
  }

  @Test
  @Tag("R-21")
  @DisplayName("R-21: nothing that is wrong with an ABORT asks for an ABORT")
  void noAbortForAnAbort() {
    Random random = new Random(21);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[random.nextInt(60)];
      random.nextBytes(octets);
      if (octets.length > Header.TYPE) {
        octets[Header.TYPE] = PacketType.ABORT;
      }
      Malformed malformed = Packets.check(MemorySegment.ofArray(octets));
      assertThat(malformed.deservesAbort()).as("seed 21, step %d: %s", i, malformed).isFalse();
    }
  }

  @Test
  void whatIsAroundThePacketDoesNotMatter() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      byte[] packet = Packets.wellFormed(random);
      assertThat(Packets.check(MemorySegment.ofArray(packet)))
          .as("seed %d", seed)
          .isEqualTo(Malformed.NONE);
      int at = random.nextInt(50);
      byte[] memory = new byte[at + packet.length + random.nextInt(50)];
      random.nextBytes(memory);
      System.arraycopy(packet, 0, memory, at, packet.length);
      byte[] before = memory.clone();
      MemorySegment p = MemorySegment.ofArray(memory);
      assertThat(PacketCheck.check(p, at, packet.length))
          .as("seed %d", seed)
          .isEqualTo(Malformed.NONE);
      assertThat(PacketText.line(p, at, packet.length))
          .isEqualTo(PacketText.line(MemorySegment.ofArray(packet), 0, packet.length));
      assertThat(Arrays.equals(memory, before)).as("seed %d: untouched", seed).isTrue();
    }
  }
}
