// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.PeerSerials;
import org.junit.jupiter.api.Test;

/** Rows of serials, and how many lives of a server they show. */
class PeerSerialsTest {
  private static int lives(int... data) {
    PeerSerials serials = new PeerSerials();
    for (int serial : data) {
      serials.data(serial);
    }
    return serials.life();
  }

  @Test
  void aServerThatLivesCountsOn() {
    assertThat(lives(1, 2, 7, 3, 1000, 999_999, 5)).isZero();
    assertThat(lives(0xffff_fff0, 3, 0xffff_fff8, 9)).as("over the end").isZero();
    assertThat(lives(0x7fff_fff0, 0x8000_0003, 0x7fff_fff8)).isZero();
  }

  @Test
  void aServerThatIsStartedAgainBeginsAnywhere() {
    assertThat(lives(5, 0x1234_5678, 0x1234_567a)).isEqualTo(1);
    assertThat(lives(0x1234_5678, 5, 0x1234_567a)).as("late packets of the first").isEqualTo(2);
    assertThat(lives(0, Integer.MIN_VALUE)).isZero();
    assertThat(lives(1, 1 + Integer.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void whatIsNoDataLetsItCountOnButShowsNoNewLife() {
    PeerSerials serials = new PeerSerials();
    serials.data(1);
    for (int serial = 2; serial < 4 << 20; serial += 100_000) { // ACKs of a long request
      serials.other(serial);
    }
    serials.other(0x7000_0000); // a cookie
    serials.other(0);
    serials.data(4 << 20);
    assertThat(serials.life()).isZero();
  }
}
