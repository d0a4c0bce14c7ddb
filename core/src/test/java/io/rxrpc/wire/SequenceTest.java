// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceTest {
  @ParameterizedTest(name = "R-9: {0} comes before {1}, by {2}")
  @Tag("R-9")
  @CsvSource({
    "1, 2, 1",
    "7fffffff, 80000000, 1",
    "7ffffff0, 80000010, 32",
    "ffffffff, 0, 1",
    "ffffffff, 1, 2",
    "fffffff0, 00000020, 48",
    "0, 7fffffff, 2147483647",
    "80000001, 0, 2147483647",
  })
  void order(String first, String second, int distance) {
    int a = Integer.parseUnsignedInt(first, 16);
    int b = Integer.parseUnsignedInt(second, 16);
    assertThat(Sequence.before(a, b)).isTrue();
    assertThat(Sequence.beforeOrEqual(a, b)).isTrue();
    assertThat(Sequence.after(b, a)).isTrue();
    assertThat(Sequence.afterOrEqual(b, a)).isTrue();
    assertThat(Sequence.before(b, a)).isFalse();
    assertThat(Sequence.beforeOrEqual(b, a)).isFalse();
    assertThat(Sequence.after(a, b)).isFalse();
    assertThat(Sequence.afterOrEqual(a, b)).isFalse();
    assertThat(Sequence.distance(a, b)).isEqualTo(distance);
    assertThat(Sequence.distance(b, a)).isEqualTo(-distance);
  }

  @Test
  @Tag("R-9")
  @DisplayName("R-9: order does not depend on where in the 32 bits it is")
  void shift() {
    Random random = new Random(9);
    for (int i = 0; i < 10_000; i++) {
      int a = random.nextInt();
      int ahead = 1 + random.nextInt(Integer.MAX_VALUE);
      int b = a + ahead;
      assertThat(Sequence.before(a, b)).as("seed 9: %x %x", a, b).isTrue();
      assertThat(Sequence.after(a, b)).as("seed 9: %x %x", a, b).isFalse();
      assertThat(Sequence.distance(a, b)).isEqualTo(ahead);
      assertThat(Sequence.beforeOrEqual(a, a) && Sequence.afterOrEqual(a, a)).isTrue();
      assertThat(Sequence.before(a, a) || Sequence.after(a, a)).isFalse();
    }
  }

  @Test
  @Tag("R-9")
  @DisplayName("R-9: call numbers stop at 0x7fffffff")
  void callNumbersStop() {
    for (int type :
        new int[] {PacketType.DATA, PacketType.ACK, PacketType.ACKALL, PacketType.BUSY}) {
      int last = Sequence.MAX_CALL_NUMBER;
      assertThat(Packets.check(Packets.of(type, 0, last, 1, 64))).isEqualTo(Malformed.NONE);
      assertThat(Packets.check(Packets.of(type, 0, last + 1, 1, 64)))
          .isEqualTo(Malformed.CALL_NUMBER_TOO_LARGE);
      assertThat(Packets.check(Packets.of(type, 0, -1, 1, 64)))
          .isEqualTo(Malformed.CALL_NUMBER_TOO_LARGE);
    }
  }

  @Test
  @Tag("R-10")
  @DisplayName("R-10: serial 0 is skipped on wrap")
  void serialSkipsZero() {
    assertThat(Sequence.nextSerial(0)).isEqualTo(1);
    assertThat(Sequence.nextSerial(1)).isEqualTo(2);
    assertThat(Sequence.nextSerial(0x7fffffff)).isEqualTo(0x80000000);
    assertThat(Sequence.nextSerial(0xfffffffe)).isEqualTo(0xffffffff);
    assertThat(Sequence.nextSerial(0xffffffff)).isEqualTo(1);
  }
}
