// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RxrpcAddressTest {
  @Test
  void printsAsPeopleWriteIt() throws UnknownHostException {
    assertThat(RxrpcAddress.of("127.0.0.1", 7003, 52)).hasToString("127.0.0.1:7003/52");
    assertThat(RxrpcAddress.of("::1", 7003, 52)).hasToString("[::1]:7003/52");
    assertThat(RxrpcAddress.of("::", 1, 2)).hasToString("[::]:1/2");
    assertThat(RxrpcAddress.of("2001:db8::1:0:0:1", 1, 2)).hasToString("[2001:db8::1:0:0:1]:1/2");
    assertThat(RxrpcAddress.of("2001:0:0:1::", 1, 2)).hasToString("[2001:0:0:1::]:1/2");
    assertThat(RxrpcAddress.of("1:0:2:3:4:5:6:7", 1, 2)).hasToString("[1:0:2:3:4:5:6:7]:1/2");
  }

  @Test
  void equalsByValue() throws UnknownHostException {
    RxrpcAddress a = RxrpcAddress.of("127.0.0.1", 7003, 52);
    assertThat(a).isEqualTo(RxrpcAddress.of("127.0.0.1", 7003, 52));
    assertThat(a).hasSameHashCodeAs(RxrpcAddress.of("127.0.0.1", 7003, 52));
    assertThat(a).isNotEqualTo(RxrpcAddress.of("127.0.0.1", 7003, 53));
    assertThat(a).isNotEqualTo(RxrpcAddress.of("127.0.0.1", 7004, 52));
  }

  @Test
  void refusesWhatCannotBeCalled() {
    assertThatThrownBy(() -> RxrpcAddress.of("127.0.0.1", 7003, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RxrpcAddress.of("127.0.0.1", 7003, 65_536))
        .isInstanceOf(IllegalArgumentException.class);
    InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 7003);
    assertThatThrownBy(() -> new RxrpcAddress(unknown, 52))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown host: nowhere.invalid");
  }

  @Test
  void anUnknownHostIsAnUnknownHostException() {
    assertThatThrownBy(() -> RxrpcAddress.of("no such host", 7003, 52))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no address is known for the host 'no such host'");
    assertThatThrownBy(() -> RxrpcAddress.of("empty", 7003, 52, host -> List.of()))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("'empty'");
  }

  @Test
  void aNameIsKeptWithAllItsAddressesInOrder() throws UnknownHostException {
    InetAddress six = InetAddress.ofLiteral("::1");
    InetAddress four = InetAddress.ofLiteral("127.0.0.1");
    RxrpcAddress a = RxrpcAddress.of("two.example", 7003, 52, host -> List.of(six, four));
    assertThat(a.host()).isEqualTo("two.example");
    assertThat(a.transports())
        .containsExactly(new InetSocketAddress(six, 7003), new InetSocketAddress(four, 7003));
    assertThat(a.transport()).isEqualTo(new InetSocketAddress(six, 7003));
    assertThat(a).hasToString("[::1]:7003/52").isEqualTo(RxrpcAddress.of("::1", 7003, 52));
    assertThat(RxrpcAddress.of("::1", 7003, 52).transports()).hasSize(1);
  }

  @Test
  void localhostIsBothLoopbackAddressesWhateverTheHostsFileSays() throws UnknownHostException {
    for (String name : List.of("localhost", "LocalHost", "localhost.")) {
      assertThat(RxrpcAddress.of(name, 7003, 52).transports())
          .contains(
              new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7003),
              new InetSocketAddress(InetAddress.ofLiteral("::1"), 7003))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aNameIsLookedUpOnceAndByNothingElse() throws Exception {
    List<String> asked = new ArrayList<>();
    RxrpcAddress a =
        RxrpcAddress.of(
            "some.example",
            7003,
            52,
            host -> {
              asked.add(host);
              return List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
            });
    assertThat(a.toString() + a.hashCode() + a.transports()).isNotEmpty();
    assertThat(asked).containsExactly("some.example");
  }

  @Test
  void abortCodesHaveNames() {
    assertThat(AbortCode.OPCODE).hasToString("RXGEN_OPCODE (-455)");
    assertThat(AbortCode.parse("rxgen_opcode")).isEqualTo(AbortCode.OPCODE);
    assertThat(AbortCode.parse("4711").name()).isNull();
    assertThatThrownBy(() -> new AbortCode(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
