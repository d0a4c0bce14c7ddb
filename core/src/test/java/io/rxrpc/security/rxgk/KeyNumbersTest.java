// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.security.rxgk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.security.PlainPackets;
import io.rxrpc.security.SealedPacket;
import io.rxrpc.security.SecurityFailure;
import io.rxrpc.wire.AbortCodes;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a connection goes to its next key, and which keys it takes. */
class KeyNumbersTest {
  private static final int BASE = AbortCodes.RXGK_BASE;

  /** Packets that may go out again, as channel, call, seq. */
  private final Set<List<Integer>> unacked = new HashSet<>();

  private final PlainPackets packets =
      new PlainPackets((channel, call, seq) -> unacked.contains(List.of(channel, call, seq)));
  private final MemorySegment memory = MemorySegment.ofArray(new byte[100]);
  private Instant now = Instant.EPOCH;

  /** Two packets of 1000 octets and a bit use a key up. */
  private KeyNumbers numbers(RxgkForm form) {
    InstantSource clock = () -> now;
    return new KeyNumbers(form, clock, 0, 3600, 10);
  }

  private long take(KeyNumbers numbers, int channel, int call, int seq) {
    packets.set(memory, 0, 0, 1, 0, 0x100 | channel, call, seq);
    return numbers.take(packets, 0, 1000);
  }

  private static SealedPacket packet(int key, int arrival) {
    SealedPacket packet = new SealedPacket();
    packet.set(MemorySegment.NULL, 0, 0, 0x100, 1, 1, key, arrival);
    return packet;
  }

  private static void got(KeyNumbers numbers, int key, int arrival) throws SecurityFailure {
    SealedPacket packet = packet(key, arrival);
    numbers.verified(numbers.whole(packet), packet);
  }

  private static void refused(KeyNumbers numbers, int key, int arrival, int code) {
    assertThatThrownBy(() -> numbers.whole(packet(key, arrival)))
        .isInstanceOfSatisfying(
            SecurityFailure.class, e -> assertThat(e.abortCode()).isEqualTo(BASE + code));
  }

  @Test
  void aKeyIsUsedUpByOctets() {
    KeyNumbers numbers = numbers(RxgkForm.YFS);
    assertThat(take(numbers, 0, 1, 1)).isZero();
    assertThat(take(numbers, 0, 1, 2)).isZero();
    assertThat(take(numbers, 0, 1, 3)).isOne();
  }

  @Test
  void andByTime() {
    KeyNumbers numbers = new KeyNumbers(RxgkForm.YFS, () -> now, 0, 60, 0);
    assertThat(take(numbers, 0, 1, 1)).isZero();
    now = now.plusSeconds(60);
    assertThat(take(numbers, 0, 1, 2)).isOne();
    assertThat(take(numbers, 0, 1, 3)).isOne();
  }

  @ParameterizedTest
  @CsvSource({"OPENAFS, 0", "YFS, 0", "OPENAFS, -1", "YFS, 63", "OPENAFS, 64"})
  void orNever(RxgkForm form, long bytelife) {
    KeyNumbers numbers = new KeyNumbers(form, () -> now, 0, 0, bytelife);
    now = now.plusSeconds(1L << 40);
    for (int i = 0; i < 100; i++) {
      assertThat(take(numbers, 0, 1, i)).isZero();
    }
  }

  /** Else the packet that would take it there may be lost, or lie unread. */
  @Test
  void thePeerMustHaveShownTheKeyOfNow() throws SecurityFailure {
    KeyNumbers numbers = numbers(RxgkForm.OPENAFS);
    for (int seq = 1; seq < 20; seq++) {
      assertThat(take(numbers, 0, 1, seq)).as("packet %d", seq).isEqualTo(seq < 3 ? 0 : 1);
    }
    got(numbers, 1, 1);
    assertThat(take(numbers, 0, 1, 20)).isEqualTo(2);
  }

  @Test
  void noKeyIsGoneToWhileAPacketOfTheOneBeforeMayGoAgain() throws SecurityFailure {
    KeyNumbers numbers = numbers(RxgkForm.YFS);
    unacked.add(List.of(2, 7, 1));
    assertThat(take(numbers, 2, 7, 1)).isZero();
    take(numbers, 0, 1, 1);
    assertThat(take(numbers, 0, 1, 2)).isOne();
    got(numbers, 1, 1);
    for (int seq = 3; seq < 9; seq++) {
      assertThat(take(numbers, 0, 1, seq)).as("another channel's is not hard-acked").isOne();
    }
    unacked.clear();
    assertThat(take(numbers, 0, 1, 9)).isEqualTo(2);
  }

  @Test
  void whoVerifiesTheNextFollows() throws SecurityFailure {
    KeyNumbers numbers = numbers(RxgkForm.YFS);
    got(numbers, 1, 1);
    assertThat(numbers.current()).isOne();
    got(numbers, 0, 2);
    assertThat(numbers.current()).as("one that goes again changes nothing").isOne();
  }

  /** As OpenAFS and Linux were seen to do: 0, 1, 1, 0, 2, 3, and then not 1. */
  @ParameterizedTest
  @CsvSource({"OPENAFS, 5", "YFS, 7"})
  void aKeyTwoBehindIsRefused(RxgkForm form, int code) throws SecurityFailure {
    KeyNumbers numbers = numbers(form);
    int arrival = 0;
    for (int key : new int[] {0, 1, 1, 0, 2, 3}) {
      got(numbers, key, ++arrival);
    }
    refused(numbers, 1, ++arrival, code);
    refused(numbers, 5, arrival, code);
    got(numbers, 2, arrival);
  }

  /** It was hard-acked when it came, so the peer may have gone on. */
  @Test
  void unlessItCameInTimeAndIsOnlyReadLate() throws SecurityFailure {
    KeyNumbers numbers = numbers(RxgkForm.YFS);
    got(numbers, 1, 10);
    got(numbers, 2, 20);
    got(numbers, 3, 30);
    got(numbers, 0, 15);
    got(numbers, 1, 29);
    refused(numbers, 0, 20, 7);
    refused(numbers, 1, 30, 7);
    assertThat(numbers.current()).isEqualTo(3);
  }

  /** Nobody who follows has asked whether his older packets have come. */
  @Test
  void orOnlyThisSideHasGoneOn() throws SecurityFailure {
    KeyNumbers numbers = numbers(RxgkForm.YFS);
    for (int key = 0; key < 3; key++) {
      take(numbers, 0, 1, 4 * key + 1);
      take(numbers, 0, 1, 4 * key + 2);
      assertThat(take(numbers, 0, 1, 4 * key + 3)).isEqualTo(key + 1);
      got(numbers, key + 1, key + 1);
    }
    got(numbers, 0, 9);
    assertThat(numbers.current()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"OPENAFS, 0", "YFS, 3"})
  void nothingIsBelowTheFirst(RxgkForm form, int code) {
    refused(numbers(form), 0xffff, 1, code);
  }

  @ParameterizedTest
  @EnumSource(RxgkForm.class)
  void onlyTheLowBitsAreSent(RxgkForm form) throws SecurityFailure {
    KeyNumbers numbers = new KeyNumbers(form, () -> now, 0x1ffffL, 0, 0);
    assertThat(numbers.whole(packet(0xffff, 1))).isEqualTo(0x1ffffL);
    assertThat(numbers.whole(packet(0, 1))).isEqualTo(0x20000L);
    assertThat(numbers.whole(packet(0xfffe, 1))).isEqualTo(0x1fffeL);
  }
}
