package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RxrpcAddressTest {
  @Test
  void printsAsPeopleWriteIt() {
    assertThat(RxrpcAddress.of("127.0.0.1", 7003, 52)).hasToString("127.0.0.1:7003/52");
    assertThat(RxrpcAddress.of("::1", 7003, 52)).hasToString("[::1]:7003/52");
    assertThat(RxrpcAddress.of("::", 1, 2)).hasToString("[::]:1/2");
    assertThat(RxrpcAddress.of("2001:db8::1:0:0:1", 1, 2)).hasToString("[2001:db8::1:0:0:1]:1/2");
    assertThat(RxrpcAddress.of("2001:0:0:1::", 1, 2)).hasToString("[2001:0:0:1::]:1/2");
    assertThat(RxrpcAddress.of("1:0:2:3:4:5:6:7", 1, 2)).hasToString("[1:0:2:3:4:5:6:7]:1/2");
  }

  @Test
  void equalsByValue() {
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
  void abortCodesHaveNames() {
    assertThat(AbortCode.OPCODE).hasToString("RXGEN_OPCODE (-455)");
    assertThat(AbortCode.parse("rxgen_opcode")).isEqualTo(AbortCode.OPCODE);
    assertThat(AbortCode.parse("4711").name()).isNull();
    assertThatThrownBy(() -> new AbortCode(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
