// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.policy.Joining;
import io.rxrpc.engine.policy.JumboCount;
import io.rxrpc.wire.Jumbo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many packets go in one datagram, as ACKs and losses come. */
class JumboCountTest {
  private static final int WIDE = 16_384;

  private static JumboCount grown(int most, int offered) {
    JumboCount count = new JumboCount(most);
    count.offered(offered);
    count.want();
    for (int i = 0; i < 200; i++) {
      count.acked();
    }
    return count;
  }

  @Test
  void growsByOneAfterMoreThanFourGoodAcks() {
    JumboCount count = new JumboCount(6);
    count.offered(4);
    for (int i = 0; i < 4; i++) {
      count.acked();
      assertThat(count.packets(WIDE)).isEqualTo(1);
    }
    count.acked();
    assertThat(count.packets(WIDE)).isEqualTo(2);
    for (int i = 0; i < 5; i++) {
      count.acked();
    }
    assertThat(count.packets(WIDE)).isEqualTo(3);
  }

  @Test
  void whereThePortCutsTrainsOnlyThoseWithNarrowWindowsGetThem() {
    JumboCount count = new JumboCount(6, Joining.NARROW);
    count.offered(4);
    count.want();
    assertThat(count.size()).as("nothing is known of its window").isZero();
    count.narrow(true);
    assertThat(count.size()).isEqualTo(Jumbo.length(4));
    for (int i = 0; i < 20; i++) {
      count.acked();
    }
    assertThat(count.packets(WIDE)).isEqualTo(4);
    count.narrow(false);
    assertThat(count.packets(WIDE)).isEqualTo(1);
    assertThat(count.size()).isZero();
  }

  @Test
  void halvesAfterALossAndBeginsAgainAfterATimeout() {
    JumboCount count = grown(6, 6);
    assertThat(count.packets(WIDE)).isEqualTo(6);
    count.acked();
    count.acked();
    count.lost();
    assertThat(count.packets(WIDE)).isEqualTo(3);
    for (int i = 0; i < 4; i++) {
      count.acked();
    }
    assertThat(count.packets(WIDE)).as("good ones are counted anew").isEqualTo(3);
    count.acked();
    assertThat(count.packets(WIDE)).isEqualTo(4);
    count.timedOut();
    assertThat(count.packets(WIDE)).isEqualTo(1);
    count.lost();
    assertThat(count.packets(WIDE)).isEqualTo(1);
  }

  @ParameterizedTest
  @Tag("R-3")
  @CsvSource({
    "6, 4, 4",
    "3, 4, 3",
    "1, 4, 1",
    "6, 2, 2",
    "6, 1, 1",
    "6, 0, 1",
    "6, -1, 1",
    "6, -2147483648, 1",
    "6, 2147483647, 6"
  })
  void neverMoreThanBothSidesAllow(int own, int offered, int packets) {
    JumboCount count = grown(own, offered);
    assertThat(count.packets(WIDE)).isEqualTo(packets);
    assertThat(count.size()).isEqualTo(packets > 1 ? Jumbo.length(packets) : 0);
  }

  @Test
  void aPeerThatTakesFewerFromNowOnGetsFewer() {
    JumboCount count = grown(6, 6);
    count.offered(2);
    assertThat(count.packets(WIDE)).isEqualTo(2);
    count.offered(0);
    assertThat(count.packets(WIDE)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "520, 1", "1440, 1", "2855, 1", "2856, 2", "4271, 2", "4272, 3", "5688, 4", "9000, 4"
  })
  void neverMoreThanThePathIsKnownToCarry(int carried, int packets) {
    assertThat(grown(6, 4).packets(carried)).isEqualTo(packets);
  }

  @Test
  void nothingIsOfUseUntilThereIsMuchToSend() {
    JumboCount count = new JumboCount(6);
    count.offered(4);
    assertThat(count.size()).isZero();
    count.want();
    assertThat(count.size()).isEqualTo(5688);
  }

  @Test
  void threeTrainsLostInARowHaveVanished() {
    JumboCount count = grown(6, 4);
    for (int i = 0; i < 8; i++) {
      count.vanished(1000); // the packets of one train
    }
    assertThat(count.takeVanished()).isFalse();
    count.vanished(2000);
    count.arrived();
    count.vanished(3000);
    count.vanished(4000);
    assertThat(count.takeVanished()).as("one has arrived in between").isFalse();
    count.vanished(5000);
    assertThat(count.takeVanished()).isTrue();
    assertThat(count.takeVanished()).as("told once").isFalse();
  }
}
