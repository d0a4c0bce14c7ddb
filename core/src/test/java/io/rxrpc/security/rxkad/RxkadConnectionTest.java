// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxkad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.ConnectionSecurity;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.wire.AbortCodes;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.Jumbo;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sealing and unsealing single packets, right and wrong ones. */
@Tag("R-14")
class RxkadConnectionTest {
  private static final FcryptKey KEY = new FcryptKey(TestKeys.SESSION_KEY);

  private static RxkadConnection connection(SecurityLevel level) {
    return new RxkadConnection(
        TestKeys.ID,
        new FcryptKey(TestKeys.SESSION_KEY),
        level,
        KeyCheck.NONE,
        KeyCheck.NONE,
        null);
  }

  private static byte[] bytes(int length) {
    byte[] data = new byte[length];
    new SplittableRandom(length).nextBytes(data);
    return data;
  }

  private static byte[] seal(SecurityLevel level, int call, int seq, byte[] data)
      throws SecurityFailure {
    return WholePacket.seal(connection(level), TestKeys.ID, 1, call, seq, data);
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void everyLengthComesOutAsItWentIn(SecurityLevel level) throws SecurityFailure {
    ConnectionSecurity security = connection(level);
    int capacity = security.capacity(1412);
    for (int length = 0; length <= capacity; length += length < 40 ? 1 : 13) {
      byte[] data = bytes(length);
      byte[] udp = WholePacket.seal(security, TestKeys.ID, 3, 7, length + 1, data);
      assertThat(udp.length).isLessThanOrEqualTo(Header.LENGTH + 1412);
      assertThat(WholePacket.unseal(security, udp)).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @Tag("R-14")
  @EnumSource(SecurityLevel.class)
  void aReceivedPacketStaysAsItCame(SecurityLevel level) throws SecurityFailure {
    byte[] udp = seal(level, 7, 1, bytes(100));
    byte[] before = udp.clone();
    for (int reader = 0; reader < 2; reader++) {
      assertThat(WholePacket.unseal(connection(level), udp)).isEqualTo(bytes(100));
      assertThat(udp).isEqualTo(before);
    }
    udp[Header.LENGTH + 20] ^= 1; // and when it is refused
    before = udp.clone();
    try {
      WholePacket.unseal(connection(level), udp);
    } catch (SecurityFailure e) {
      assertThat(level).isNotEqualTo(SecurityLevel.CLEAR);
    }
    assertThat(udp).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void whatFitsIsNoMoreThanThePayload(SecurityLevel level) {
    ConnectionSecurity security = connection(level);
    for (int payload = 0; payload < 3000; payload++) {
      int capacity = security.capacity(payload);
      int whole =
          level == SecurityLevel.CLEAR ? capacity : (capacity + security.headerRoom() + 7) & -8;
      assertThat(capacity).isNotNegative();
      assertThat(whole).isLessThanOrEqualTo(Math.max(payload, 8));
    }
    assertThat(security.capacity(100_000)).isBetween(65_000, 100_000);
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  void aRunGivesWhatEachPacketGivesAlone(SecurityLevel level) throws SecurityFailure {
    ConnectionSecurity security = connection(level);
    for (int count = 1; count <= 7; count++) {
      int stride = 28 + 112;
      byte[] run = new byte[count * stride];
      MemorySegment p = MemorySegment.ofArray(run);
      byte[] expected = new byte[run.length];
      for (int i = 0; i < count; i++) {
        byte[] data = bytes(90 + i);
        byte[] alone =
            WholePacket.seal(security, TestKeys.ID, 1, 5, i + 1, Arrays.copyOf(data, 90));
        System.arraycopy(alone, 0, expected, i * stride, alone.length);
        Header.write(
            p,
            (long) i * stride,
            TestKeys.ID.epoch(),
            TestKeys.ID.cid() | 1,
            5,
            i + 1,
            1,
            1,
            1,
            0,
            2,
            0,
            TestKeys.ID.serviceId());
        int at = i * stride + Header.LENGTH + security.headerRoom();
        System.arraycopy(data, 0, run, at, 90);
      }
      security.seal(WholePacket.run(p, 0, stride, count, 90));
      assertThat(run).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(SecurityLevel.class)
  @Tag("R-60")
  @DisplayName("R-60: a checksum of 0 becomes 1, and a packet without one is refused")
  void checksums(SecurityLevel level) throws SecurityFailure {
    ConnectionSecurity security = connection(level);
    int ones = 0;
    for (int seq = 1; seq < 400_000 && ones == 0; seq++) {
      long block = Rounds.join(9, 1 << 30 | seq);
      long iv = RxkadConnection.connectionIv(KEY, TestKeys.ID);
      if ((int) KEY.encrypt(block ^ iv) >>> 16 == 0) {
        byte[] udp = seal(level, 9, seq, bytes(20));
        assertThat(Header.checksum(MemorySegment.ofArray(udp), 0)).isEqualTo(1);
        assertThat(WholePacket.unseal(security, udp)).isEqualTo(bytes(20));
        Header.setChecksum(MemorySegment.ofArray(udp), 0, 0);
        TestKeys.assertFails(AbortCodes.RXKADSEALEDINCON, () -> WholePacket.unseal(security, udp));
        ones++;
      }
    }
    assertThat(ones).as("sequence numbers whose checksum is 0").isEqualTo(1);
    byte[] udp = seal(level, 9, 1, bytes(20));
    Header.setChecksum(MemorySegment.ofArray(udp), 0, 0);
    TestKeys.assertFails(AbortCodes.RXKADSEALEDINCON, () -> WholePacket.unseal(security, udp));
  }

  @Test
  @Tag("R-61")
  @DisplayName("R-61: level auth takes both paddings, and the length says what is data")
  void bothPaddingsOfLevelAuth() throws SecurityFailure {
    ConnectionSecurity security = connection(SecurityLevel.AUTH);
    for (int length = 0; length < 40; length++) {
      byte[] data = bytes(length);
      byte[] linux = seal(SecurityLevel.AUTH, 3, 4, data);
      assertThat((linux.length - Header.LENGTH) % 8).isZero();
      int least = Math.max(Header.LENGTH + 8, Header.LENGTH + 4 + length);
      byte[] openafs = Arrays.copyOf(linux, least);
      assertThat(WholePacket.unseal(security, linux)).isEqualTo(data);
      assertThat(WholePacket.unseal(security, openafs)).isEqualTo(data);
      if (length > 4) {
        byte[] cut = Arrays.copyOf(linux, least - 1);
        TestKeys.assertFails(AbortCodes.RXKADDATALEN, () -> WholePacket.unseal(security, cut));
      }
    }
  }

  @Test
  @Tag("R-62")
  @DisplayName("R-62: level encrypt ignores what is behind the last whole block")
  void tailBehindTheLastBlock() throws SecurityFailure {
    ConnectionSecurity security = connection(SecurityLevel.ENCRYPT);
    byte[] data = bytes(1400);
    byte[] sealed = seal(SecurityLevel.ENCRYPT, 3, 4, data);
    assertThat(sealed).hasSize(Header.LENGTH + 1408);
    byte[] longer = Arrays.copyOf(sealed, Header.LENGTH + 1412);
    Arrays.fill(longer, sealed.length, longer.length, (byte) 0x5a);
    assertThat(WholePacket.unseal(security, longer)).isEqualTo(data);
    byte[] shorter = Arrays.copyOf(sealed, sealed.length - 1);
    TestKeys.assertFails(AbortCodes.RXKADDATALEN, () -> WholePacket.unseal(security, shorter));
  }

  @Test
  @Tag("R-62")
  @DisplayName("R-62: subpackets of a jumbo are unsealed one by one, each with its own checksum")
  void jumbo() throws SecurityFailure {
    ConnectionSecurity security = connection(SecurityLevel.ENCRYPT);
    byte[] first = seal(SecurityLevel.ENCRYPT, 3, 4, bytes(1400));
    byte[] second = seal(SecurityLevel.ENCRYPT, 3, 5, bytes(77));
    byte[] jumbo = Arrays.copyOf(first, Header.LENGTH + Jumbo.STRIDE + second.length - 28);
    MemorySegment p = MemorySegment.ofArray(jumbo);
    jumbo[Header.FLAGS] |= 0x20;
    int checksum = Header.checksum(MemorySegment.ofArray(second), 0);
    Jumbo.writeNext(p, Header.LENGTH, 0, checksum);
    System.arraycopy(
        second, 28, jumbo, Header.LENGTH + Jumbo.STRIDE, second.length - Header.LENGTH);
    byte[] both = Arrays.copyOf(bytes(1400), 1477);
    System.arraycopy(bytes(77), 0, both, 1400, 77);
    assertThat(WholePacket.unseal(security, jumbo)).isEqualTo(both);
    Jumbo.writeNext(p, Header.LENGTH, 0, checksum ^ 4);
    TestKeys.assertFails(AbortCodes.RXKADSEALEDINCON, () -> WholePacket.unseal(security, jumbo));
  }

  @Test
  void sealedPacketsWithoutTheirHeaderAreRefused() throws SecurityFailure {
    for (SecurityLevel level : new SecurityLevel[] {SecurityLevel.AUTH, SecurityLevel.ENCRYPT}) {
      byte[] sealed = seal(level, 3, 4, bytes(50));
      for (int length = 0; length < 8; length++) {
        byte[] cut = Arrays.copyOf(sealed, Header.LENGTH + length);
        TestKeys.assertFails(
            AbortCodes.RXKADSEALEDINCON, () -> WholePacket.unseal(connection(level), cut));
      }
    }
  }

  @Test
  void sealedLengthIsBoundToThePacket() throws SecurityFailure {
    // the sealed header of another packet, with this packet's checksum in the open header
    for (SecurityLevel level : new SecurityLevel[] {SecurityLevel.AUTH, SecurityLevel.ENCRYPT}) {
      byte[] one = seal(level, 3, 4, bytes(50));
      byte[] other = seal(level, 3, 5, bytes(50));
      System.arraycopy(one, 0, other, 0, Header.LENGTH);
      TestKeys.assertFails(
          AbortCodes.RXKADSEALEDINCON, () -> WholePacket.unseal(connection(level), other));
    }
  }

  @Test
  @Tag("R-64")
  @DisplayName("R-64: who wants encryption takes nothing less, in either direction")
  void noLevelTakesThePacketsOfAnother() throws SecurityFailure {
    for (SecurityLevel sender : SecurityLevel.values()) {
      for (SecurityLevel receiver :
          new SecurityLevel[] {SecurityLevel.AUTH, SecurityLevel.ENCRYPT}) {
        if (sender != receiver) {
          byte[] udp = seal(sender, 3, 4, bytes(64));
          assertThatThrownBy(() -> WholePacket.unseal(connection(receiver), udp))
              .isInstanceOf(SecurityFailure.class);
        }
      }
    }
  }

  @Test
  void neitherKeyNorDataIsInTheTexts() {
    assertThat(connection(SecurityLevel.ENCRYPT)).hasToString("rxkad encrypt");
    assertThat(connection(SecurityLevel.AUTH).level()).isEqualTo(SecurityLevel.AUTH);
  }

  @Test
  void destroyedItSealsNothingAndLeavesNoPlainText() throws SecurityFailure {
    RxkadConnection security = connection(SecurityLevel.ENCRYPT);
    byte[] sealed = seal(SecurityLevel.ENCRYPT, 3, 4, bytes(50));
    security.destroy();
    byte[] udp = new byte[128];
    System.arraycopy(bytes(50), 0, udp, 36, 50);
    assertThatThrownBy(() -> WholePacket.seal(security, MemorySegment.ofArray(udp), 0, 50))
        .isInstanceOf(SecurityFailure.class);
    assertThat(Arrays.copyOfRange(udp, 28, 28 + 64)).containsOnly(0);
    assertThatThrownBy(() -> WholePacket.unseal(security, sealed))
        .isInstanceOf(SecurityFailure.class);
  }
}
