// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.AckPolicy;
import io.rxrpc.wire.AckReason;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * When a receiver acknowledges: rows of (time, event, expected), after reliability.md section 6.
 */
class AckPolicyTest {
  private static final long DELAY = 100;

  private final AckPolicy acks = new AckPolicy(DELAY, 2, 8);

  private void expectNone(long deadline) {
    assertThat(acks.due()).isFalse();
    assertThat(acks.deadline()).isEqualTo(deadline);
  }

  private void expect(int reason, int serial) {
    assertThat(acks.due()).isTrue();
    assertThat(AckReason.name(acks.reason())).isEqualTo(AckReason.name(reason));
    assertThat(acks.serial()).isEqualTo(serial);
    acks.sent();
    expectNone(Long.MAX_VALUE);
  }

  @Test
  void aPacketThatAsksIsAnsweredAtOnceWithItsSerial() {
    acks.inOrder(0, 71, true, false);
    expect(AckReason.REQUESTED, 71);
  }

  @Test
  void aSenderThatAsksByEachPacketIsAnsweredALittleLaterNowAndThen() {
    int held = 0;
    for (int serial = 1; serial <= 24; serial++) {
      acks.inOrder(serial, serial, true, false);
      if (!acks.due()) {
        held++;
        assertThat(serial).as("not at the beginning, as Linux asks so too").isGreaterThan(8);
        expectNone(serial + 100_000);
        acks.inOrder(serial + 1, serial + 1, true, false);
        expectNone(serial + 100_000); // what comes meanwhile is answered with it
        acks.expire(serial + 100_000);
        expect(AckReason.REQUESTED, serial);
        serial++;
      } else {
        expect(AckReason.REQUESTED, serial);
      }
    }
    assertThat(held).isBetween(3, 6);
    acks.inOrder(0, 30, false, false);
    acks.sent();
    for (int serial = 31; serial <= 38; serial++) {
      acks.inOrder(serial, serial, true, false);
      expect(AckReason.REQUESTED, serial);
    }
  }

  @Test
  void ofTwoThatAskTheLaterIsAnswered() {
    acks.inOrder(0, 71, true, false);
    acks.inOrder(0, 74, true, false);
    expect(AckReason.REQUESTED, 74);
  }

  @Test
  @Tag("R-35")
  void aDelayedAckCarriesNoSerial() {
    acks.inOrder(5, 71, false, false);
    expectNone(5 + DELAY);
    acks.expire(5 + DELAY - 1);
    expectNone(5 + DELAY);
    acks.expire(5 + DELAY);
    expect(AckReason.DELAY, 0);
  }

  @Test
  void theDelayRunsFromTheFirstPacket() {
    acks.inOrder(0, 1, false, false);
    acks.inOrder(60, 2, false, false);
    expectNone(DELAY);
  }

  @Test
  @Tag("R-35")
  void everyThirdPlainPacketIsAckedAtOnce() { // serial 0 as nobody asked
    acks.inOrder(0, 1, false, false);
    acks.inOrder(0, 2, false, false);
    expectNone(DELAY);
    acks.inOrder(0, 3, false, false);
    expect(AckReason.IDLE, 0);
    acks.inOrder(9, 4, false, false);
    expectNone(9 + DELAY);
  }

  @Test
  void holesDuplicatesAndOverflowsAreToldAtOnce() {
    for (int why :
        new int[] {
          AckReason.OUT_OF_SEQUENCE,
          AckReason.DUPLICATE,
          AckReason.EXCEEDS_WINDOW,
          AckReason.NOSPACE
        }) {
      acks.atOnce(why, 40 + why);
      expect(why, 40 + why);
    }
  }

  @Test
  void aFilledHoleIsToldAtOnceWithoutASerial() {
    acks.inOrder(0, 9, false, true);
    expect(AckReason.DELAY, 0);
    acks.inOrder(0, 9, true, true);
    expect(AckReason.REQUESTED, 9);
  }

  @Test
  void ofSeveralReasonsTheStrongestIsTold() {
    int[] order = {
      AckReason.IDLE,
      AckReason.DELAY,
      AckReason.REQUESTED,
      AckReason.DUPLICATE,
      AckReason.EXCEEDS_WINDOW,
      AckReason.NOSPACE,
      AckReason.OUT_OF_SEQUENCE
    };
    for (int weak = 0; weak < order.length; weak++) {
      for (int strong = weak + 1; strong < order.length; strong++) {
        acks.atOnce(order[weak], 1);
        acks.atOnce(order[strong], 2);
        expect(order[strong], 2);
        acks.atOnce(order[strong], 2);
        acks.atOnce(order[weak], 1);
        expect(order[strong], 2);
      }
    }
  }

  @Test
  void theReaderOpensTheWindow() {
    acks.read(0, 8, false);
    expectNone(DELAY);
    acks.read(50, 1, false);
    expect(AckReason.IDLE, 0);
  }

  @Test
  void aReaderThatHasReadAllOpensTheWindowAtOnce() {
    acks.read(0, 1, true);
    expect(AckReason.IDLE, 0);
  }

  @Test
  @Tag("R-95")
  void anAckThatGoesAgainNamesTheSameHole() {
    acks.atOnce(AckReason.OUT_OF_SEQUENCE, 71);
    expect(AckReason.OUT_OF_SEQUENCE, 71);
    acks.again(true);
    expect(AckReason.OUT_OF_SEQUENCE, 71);
  }

  @Test
  @Tag("R-35")
  void anAckThatGoesAgainIsNoRoundTrip() {
    acks.inOrder(0, 71, true, false);
    expect(AckReason.REQUESTED, 71);
    acks.again(true);
    expect(AckReason.IDLE, 0);
  }

  @Test
  void anAckThatIsSentTakesTheTimerWithIt() {
    acks.inOrder(0, 1, false, false);
    acks.sent(); // reply DATA stands for it
    acks.expire(1000);
    expectNone(Long.MAX_VALUE);
  }

  @Test
  void nothingIsForgotten() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    boolean owed = false;
    for (int i = 0; i < 100_000; i++) {
      long now = i;
      switch (random.nextInt(5)) {
        case 0 -> {
          acks.inOrder(now, i + 1, random.nextInt(8) == 0, random.nextInt(8) == 0);
          owed = true;
        }
        case 1 -> {
          acks.read(now, 1, false);
          owed = true;
        }
        case 2 -> acks.expire(now);
        default -> {
          if (acks.due()) {
            acks.sent();
            owed = false;
          }
        }
      }
      // whatever came in is acked now or by a timer that is not far away
      assertThat(acks.due() || acks.deadline() <= now + DELAY).as("seed %d", seed).isEqualTo(owed);
    }
  }
}
