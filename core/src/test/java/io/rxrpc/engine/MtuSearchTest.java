// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.MtuSearch;
import io.rxrpc.wire.Jumbo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for the largest datagram, against paths that carry so much and no more. */
class MtuSearchTest {
  private static final long MS = 1_000_000;

  private final Object connection = new Object();
  private long now = 1000 * MS;
  private int serial;
  private int probes;

  /** Lets the search run over a path; returns the size found. */
  private int search(MtuSearch mtu, int carried) {
    while (mtu.at() - now < 10_000 * MS) {
      now = Math.max(now, mtu.at());
      int bytes = mtu.due(now, true);
      if (bytes == 0) {
        continue;
      }
      probes++;
      mtu.sent(connection, ++serial, now + 100 * MS);
      if (bytes <= carried) {
        now += 20 * MS;
        assertThat(mtu.answered(connection, serial, now)).isTrue();
      }
    }
    return mtu.size();
  }

  @Test
  void anOrdinaryPathIsNotProbed() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.offered(1444, now);
    assertThat(mtu.at()).isEqualTo(Long.MAX_VALUE);
    assertThat(mtu.size()).isEqualTo(1440);
    assertThat(mtu.fits(1440)).isTrue();
    assertThat(mtu.fits(1441)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1452, 2000, 4068, 8164, 8970})
  void climbsToWhatThePathCarriesWhereBothSidesOfferMore(int carried) {
    MtuSearch mtu = new MtuSearch(1440, 16_384);
    mtu.offered(9000, now);
    assertThat(search(mtu, carried)).isBetween(carried - 16, carried);
    assertThat(probes).isLessThan(40);
  }

  @Test
  void theLargestIsTriedFirst() {
    MtuSearch mtu = new MtuSearch(1440, 16_384);
    mtu.offered(8192, now);
    assertThat(search(mtu, 9000)).isEqualTo(8192);
    assertThat(probes).isEqualTo(1);
  }

  @Test
  void aBlackHoleIsLeftAndThePathFoundOut() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    assertThat(mtu.blackHole(now)).isTrue();
    assertThat(mtu.size()).isEqualTo(520);
    assertThat(mtu.blackHole(now)).as("it cannot be smaller").isFalse();
    assertThat(search(mtu, 972)).isBetween(956, 972);
    // after ten minutes larger ones are tried again
    mtu.offered(1444, now);
    now = mtu.at();
    assertThat(search(mtu, 1440)).isEqualTo(1440);
  }

  /** Small packets are the price of a search: it is paid for those of an ordinary path only. */
  @Test
  void largePacketsThatVanishLeaveOrdinaryOnesAsTheyAre() {
    MtuSearch mtu = new MtuSearch(1440, 16_384);
    mtu.offered(16_384, now);
    assertThat(search(mtu, 16_384)).isEqualTo(16_384);
    assertThat(mtu.blackHole(now)).isTrue();
    assertThat(mtu.size()).isEqualTo(1440);
    assertThat(mtu.blackHole(now)).as("these too").isTrue();
    assertThat(mtu.size()).isEqualTo(520);
    assertThat(mtu.due(now, true)).as("and they come first").isEqualTo(1440);
    assertThat(search(mtu, 9000)).isBetween(8984, 9000);
  }

  @Test
  void aRouterThatNamesTheSizeSparesTheSearch() {
    MtuSearch mtu = new MtuSearch(1440, 16_384);
    mtu.offered(9000, now);
    assertThat(mtu.due(now, true)).isEqualTo(9000);
    mtu.sent(connection, 1, now + 100 * MS);
    assertThat(mtu.tooBig(3972, now)).as("what is in use is no larger").isFalse();
    assertThat(mtu.due(now, true)).isEqualTo(3972);
    mtu.sent(connection, 2, now + 100 * MS);
    assertThat(mtu.answered(connection, 2, now)).isTrue();
    assertThat(mtu.size()).isEqualTo(3972);
    assertThat(mtu.at()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFalseAlarmCostsOneProbe() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.blackHole(now);
    assertThat(search(mtu, 1472)).isEqualTo(1440);
    assertThat(probes).isEqualTo(1);
  }

  @Test
  void threeLostProbesMakeASizeBad() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.blackHole(now);
    for (int i = 0; i < 3; i++) {
      assertThat(mtu.due(now, true)).isEqualTo(1440);
      mtu.sent(connection, ++serial, now + MS);
      now += MS;
    }
    assertThat(mtu.due(now, true)).isBetween(970, 980);
  }

  @Test
  @Tag("R-3")
  void noHintAndNoTrailerGoesBelowTheFloor() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    assertThat(mtu.tooBig(40, now)).isTrue();
    assertThat(mtu.size()).isEqualTo(520);
    assertThat(mtu.tooBig(1, now)).isFalse();
    mtu.offered(Integer.MIN_VALUE, now);
    mtu.offered(1, now);
    assertThat(mtu.size()).isEqualTo(520);
    mtu.offered(Integer.MAX_VALUE, now);
    assertThat(mtu.size()).as("an offer alone is not enough").isEqualTo(520);
  }

  @Test
  @Tag("R-3")
  void aForgedHintIsForgottenInAMinute() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.tooBig(600, now);
    assertThat(mtu.size()).isEqualTo(600);
    assertThat(mtu.due(now + 59_000 * MS, true)).isZero();
    assertThat(mtu.due(now + 60_000 * MS, true)).isEqualTo(1440);
  }

  @Test
  void onlyTheAnswerToTheProbeCounts() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.blackHole(now);
    mtu.due(now, true);
    mtu.sent(connection, 7, now + MS);
    assertThat(mtu.answered(connection, 6, now)).isFalse();
    assertThat(mtu.answered(new Object(), 7, now)).as("another connection's serial").isFalse();
    assertThat(mtu.answered(connection, 7, now)).isTrue();
    assertThat(mtu.answered(connection, 7, now)).isFalse();
  }

  @Test
  void aProbeThatNobodyCouldAnswerSaysNothing() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.blackHole(now);
    for (int i = 0; i < 10; i++) {
      assertThat(mtu.due(now, true)).isEqualTo(1440);
      mtu.sent(connection, ++serial, now + MS);
      now += MS;
      assertThat(mtu.due(now, false)).isZero();
      assertThat(mtu.at()).isEqualTo(Long.MAX_VALUE);
      mtu.offered(1444, now);
    }
  }

  @Test
  void waitsForAPeerThatCanBeAsked() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.blackHole(now);
    mtu.due(now, true);
    mtu.dormant();
    assertThat(mtu.at()).isEqualTo(Long.MAX_VALUE);
    mtu.offered(1444, now + 5);
    assertThat(mtu.at()).isEqualTo(now + 5);
  }

  // datagrams of several packets

  private static MtuSearch joining(int packets) {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.offered(1444, Jumbo.length(packets), 1);
    return mtu;
  }

  @ParameterizedTest
  @CsvSource({"1440, 1440", "2855, 1440", "2856, 2856", "4271, 2856", "5687, 4272", "5688, 5688"})
  void climbsToTheMostPacketsInADatagramThatThePathCarries(int carried, int found) {
    MtuSearch mtu = joining(4);
    assertThat(search(mtu, carried)).as("a packet is no larger").isEqualTo(1440);
    assertThat(mtu.datagram()).isEqualTo(found);
    assertThat(probes).isLessThanOrEqualTo(7);
    assertThat(mtu.fits(found)).isTrue();
    assertThat(mtu.fits(found + 1)).isFalse();
  }

  @Test
  void severalInADatagramAreNotSoughtWherePacketsMayBeLarger() {
    MtuSearch mtu = new MtuSearch(1440, 16_384);
    mtu.offered(4000, 5688, now);
    assertThat(search(mtu, 9000)).isEqualTo(4000);
    assertThat(mtu.datagram()).isEqualTo(4000);
  }

  @Test
  void severalInADatagramAreNotSoughtWherePacketsMustBeSmaller() {
    MtuSearch mtu = new MtuSearch(1440, 1440);
    mtu.offered(1400, 5688, now);
    assertThat(mtu.at()).isEqualTo(Long.MAX_VALUE);
    assertThat(mtu.size()).isEqualTo(1400);
  }

  @Test
  void aPeerThatTakesNoneAnyMoreIsNotSentAny() {
    MtuSearch mtu = joining(4);
    search(mtu, 9000);
    mtu.offered(1444, 0, now);
    assertThat(mtu.datagram()).isEqualTo(1440);
  }

  @Test
  void singlePacketsComeFirstAfterABlackHole() {
    MtuSearch mtu = joining(4);
    search(mtu, 9000);
    assertThat(mtu.blackHole(now)).isTrue();
    assertThat(mtu.due(now, true)).isEqualTo(1440);
  }

  @Test
  void jumboDatagramsThatVanishLeaveSinglePacketsAsTheyAre() {
    MtuSearch mtu = joining(4);
    search(mtu, 9000);
    assertThat(mtu.jumbosVanish(now)).isTrue();
    assertThat(mtu.jumbosVanish(now)).isFalse();
    assertThat(mtu.size()).isEqualTo(1440);
    assertThat(mtu.datagram()).isEqualTo(1440);
    search(mtu, 3000);
    assertThat(mtu.datagram()).as("found out anew").isEqualTo(2856);
  }

  @Test
  void aHostThatRefusesAProbeWithoutASizeIsBelievedOfTheProbeOnly() {
    MtuSearch mtu = joining(4);
    for (int refused : new int[] {5688, 2856}) {
      assertThat(mtu.due(now, true)).isEqualTo(refused);
      mtu.sent(connection, ++serial, now + 100 * MS);
      assertThat(mtu.tooBig(0, now)).isFalse();
      assertThat(mtu.size()).isEqualTo(1440);
    }
    assertThat(mtu.due(now, true)).isZero();
    assertThat(mtu.datagram()).isEqualTo(1440);
  }

  @Test
  void aHostThatRefusesADatagramWithoutASizeIsBelievedOfJumboOnesFirst() {
    MtuSearch mtu = joining(4);
    search(mtu, 9000);
    assertThat(mtu.tooBig(0, now)).isTrue();
    assertThat(mtu.datagram()).isEqualTo(1440);
    assertThat(mtu.tooBig(0, now)).isTrue();
    assertThat(mtu.size()).isEqualTo(520);
  }

  @Test
  void aRouterThatNamesTheSizeOfAnEthernetEndsTheSearch() {
    MtuSearch mtu = joining(4);
    assertThat(mtu.due(now, true)).isEqualTo(5688);
    mtu.sent(connection, ++serial, now + 100 * MS);
    assertThat(mtu.tooBig(1472, now)).isFalse();
    assertThat(mtu.due(now, true)).isZero();
    assertThat(mtu.datagram()).isEqualTo(1440);
  }
}
