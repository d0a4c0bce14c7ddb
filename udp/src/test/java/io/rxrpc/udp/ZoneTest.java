// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** The same link-local address on several links. */
class ZoneTest {
  private static InetAddress zoned(int zone) throws UnknownHostException {
    byte[] bytes = Loopback.address("fe80::1").getAddress();
    return Inet6Address.getByAddress(null, bytes, zone);
  }

  private static InetSocketAddress port(InetAddress address) {
    return new InetSocketAddress(address, 7000);
  }

  @Test
  void equalAddressesOfTwoLinksAreNotTheSame() throws UnknownHostException {
    InetAddress a = zoned(2);
    InetAddress b = zoned(3);
    assertThat(a).as("what Java says").isEqualTo(b);
    assertThat(Zone.same(a, b)).isFalse();
    assertThat(Zone.same(a, zoned(2))).isTrue();
    assertThat(Zone.same(port(a), port(b))).isFalse();
    assertThat(Zone.same(port(a), port(zoned(2)))).isTrue();
    assertThat(Zone.key(port(a)))
        .isNotEqualTo(Zone.key(port(b)))
        .isEqualTo(Zone.key(port(zoned(2))));
    assertThat(Zone.key(a)).isNotEqualTo(Zone.key(b)).isEqualTo(Zone.key(zoned(2)));
    InetSocketAddress plain = port(Loopback.address("::1"));
    assertThat(Zone.key(plain)).isSameAs(plain);
  }

  @Test
  void aRefusalOfTrainsIsThatOfOneLink() throws UnknownHostException {
    TrainRefusals refusals = new TrainRefusals();
    refusals.add(zoned(2), 0);
    assertThat(refusals.refuses(zoned(2), 1000)).isTrue();
    assertThat(refusals.refuses(zoned(3), 1000)).isFalse();
    refusals.remove(zoned(3));
    assertThat(refusals.refuses(zoned(2), 1000)).isTrue();
  }
}
