// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Addresses and times as AFS writes them. */
class FormsTest {
  @Test
  void addressesAreNumbersTheRightWayRoundOrInReverse() throws Exception {
    InetAddress address = InetAddress.ofLiteral("127.1.0.200");
    assertThat(Inet4.of(0x7f0100c8)).isEqualTo(address);
    assertThat(Inet4.ofReversed(0xc800017f)).isEqualTo(address);
    assertThat(Inet4.number(address)).isEqualTo(0x7f0100c8);
    assertThatThrownBy(() -> Inet4.number(InetAddress.ofLiteral("::1")))
        .hasMessageContaining("no IPv4 address");
  }

  @Test
  void timesAreSecondsWithoutASign() {
    assertThat(Times.of(-1)).isEqualTo(Instant.parse("2106-02-07T06:28:15Z"));
    assertThat(Times.orNull(0)).isNull();
    assertThat(Times.seconds(Instant.parse("2106-02-07T06:28:15.9Z"))).isEqualTo(-1);
    assertThat(Times.secondsOrZero(null)).isZero();
    assertThatThrownBy(() -> Times.seconds(Instant.parse("1969-12-31T23:59:59Z")))
        .hasMessageContaining("outside 1970..2106");
  }
}
