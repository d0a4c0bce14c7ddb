// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TunablesTest {
  @ParameterizedTest
  @EnumSource
  void theTableIsSound(Tunable t) {
    assertThat(t.min()).isLessThanOrEqualTo(t.max()).isNotNegative();
    assertThat(t.defaultValue()).isBetween(t.min(), t.max());
    assertThat(t.meaning()).isNotBlank().doesNotEndWith(".");
    assertThat(Tunables.defaults().get(t)).isEqualTo(t.defaultValue());
  }

  @ParameterizedTest
  @EnumSource
  void namesLeadBackToTheTunable(Tunable t) {
    assertThat(t.propertyName()).matches("RXRPC_[A-Z_]+");
    assertThat(t.optionName()).matches("[a-z-]+");
    assertThat(Tunable.find(t.name())).isSameAs(t);
    assertThat(Tunable.find(t.propertyName())).isSameAs(t);
    assertThat(Tunable.find(t.optionName())).isSameAs(t);
  }

  @Test
  void whatIsNoTunableIsNotFound() {
    assertThat(Tunable.find("no-such-thing")).isNull();
    assertThat(Tunable.find("")).isNull();
    assertThat(Tunable.find("RXRPC_")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsFormattedCanBeRead(Tunable t) {
    long seed = 7;
    Random random = new Random(seed);
    for (long v : new long[] {t.min(), t.max(), t.defaultValue()}) {
      assertThat(t.parse(t.format(v))).isEqualTo(v);
    }
    for (int i = 0; i < 200; i++) {
      long v = random.nextLong(t.min(), t.max() + 1);
      assertThat(t.parse(t.format(v))).as("seed %d, %s", seed, t.format(v)).isEqualTo(v);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRangeIsChecked(Tunable t) {
    Tunables base = Tunables.defaults();
    for (long v : new long[] {t.min() - 1, t.max() + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> base.with(t, v))
          .withMessageContaining(t.optionName());
    }
    assertThat(base.with(t, t.min()).get(t)).isEqualTo(t.min());
    assertThat(base.with(t, t.max()).get(t)).isEqualTo(t.max());
    assertThat(base.get(t)).isEqualTo(t.defaultValue());
  }

  @ParameterizedTest
  @CsvSource({
    "KEEPALIVE, 200ms, 200000000",
    "KEEPALIVE, ' 2 s ', 2000000000",
    "KEEPALIVE, 2S, 2000000000",
    "KEEPALIVE, 1min, 60000000000",
    "KEEPALIVE, 1m, 60000000000",
    "KEEPALIVE, 1h, 3600000000000",
    "KEEPALIVE, 150000us, 150000000",
    "KEEPALIVE, 150000000ns, 150000000",
    "FINAL_ACK_DELAY, 0, 0",
    "CONGESTION_CONTROL, newreno, 0",
    "CONGESTION_CONTROL, ' CUBIC ', 1",
    "RECEIVE_BUFFER, 64KiB, 65536",
    "RECEIVE_BUFFER, 64k, 65536",
    "RECEIVE_BUFFER, 1MiB, 1048576",
    "RECEIVE_BUFFER, 1m, 1048576",
    "RECEIVE_BUFFER, 1G, 1073741824",
    "RECEIVE_BUFFER, 5000, 5000",
    "TX_WINDOW, 32, 32",
    "PEERS, 77, 77",
  })
  void peopleWriteValuesLikeThis(Tunable t, String text, long value) {
    assertThat(t.parse(text)).isEqualTo(value);
    assertThat(Tunables.defaults().with(t, text).get(t)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "KEEPALIVE, ''",
    "KEEPALIVE, ms",
    "KEEPALIVE, 2 weeks",
    "KEEPALIVE, 1.5s",
    "KEEPALIVE, 2k",
    "KEEPALIVE, 9223372036854775807s",
    "KEEPALIVE, 99999999999999999999",
    "KEEPALIVE, -1s",
    "KEEPALIVE, 10",
    "KEEPALIVE, 150000000",
    "CALL_TIMEOUT, 10",
    "FINAL_ACK_DELAY, -0x0",
    "CONGESTION_CONTROL, 0",
    "CONGESTION_CONTROL, 1",
    "CONGESTION_CONTROL, reno",
    "CONGESTION_CONTROL, ''",
    "RECEIVE_BUFFER, 5ms",
    "RECEIVE_BUFFER, 5min",
    "TX_WINDOW, 5k",
    "TX_WINDOW, five",
    "TX_WINDOW, 0",
    "PEERS, 7s",
  })
  void andNotLikeThis(Tunable t, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.parse(text))
        .withMessageContaining(t.optionName());
  }

  @Test
  void aNumberWithoutUnitIsRefusedWithTheWayOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tunable.KEEPALIVE.parse("10"))
        .withMessage("keepalive: '10' lacks its unit, as in 200ms or 2s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tunable.CONGESTION_CONTROL.parse("1"))
        .withMessage("congestion-control: '1' is none of newreno, cubic");
  }

  @Test
  void mistypedNamesAreFound() {
    assertThat(
            UnknownNames.among(
                List.of(
                    "RXRPC_TX_WINDO",
                    "RXRPC_TX_WINDOW",
                    "RXRPC_tx_window",
                    "RXRPC_",
                    "RXRPC_DEBUG",
                    "RXRPC_TOKEN_FILE",
                    "PATH")))
        .containsExactly("RXRPC_", "RXRPC_TX_WINDO", "RXRPC_tx_window");
  }

  @Test
  void durations() {
    Tunables t = Tunables.defaults().with(Tunable.DEAD_TIME, Duration.ofSeconds(30));
    assertThat(t.get(Tunable.DEAD_TIME)).isEqualTo(30_000_000_000L);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.with(Tunable.PEERS, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> t.with(Tunable.DEAD_TIME, Duration.ofDays(1_000_000)))
        .withMessageContaining("dead-time");
  }

  @Test
  void valuesAreEqualWhenAllAre() {
    Tunables a = Tunables.defaults().with(Tunable.PEERS, 5);
    Tunables b = Tunables.defaults().with(Tunable.PEERS, 5);
    assertThat(a).isEqualTo(b).hasSameHashCodeAs(b).isNotEqualTo(Tunables.defaults());
    assertThat(a.getInt(Tunable.PEERS)).isEqualTo(5);
    assertThat(a.with(Tunable.BUFFER_BYTES, 64L << 30).getInt(Tunable.BUFFER_BYTES))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(a.toString()).contains("peers=5\n").contains("rto-min=200ms\n");
    assertThat(a.toString().lines()).hasSize(Tunable.values().length);
  }

  @Test
  void systemPropertiesOverride() {
    String name = Tunable.NACK_THRESHOLD.propertyName();
    String before = System.getProperty(name);
    try {
      System.setProperty(name, "5");
      assertThat(Tunables.fromProperties().getInt(Tunable.NACK_THRESHOLD)).isEqualTo(5);
      System.setProperty(name, "500");
      assertThatIllegalArgumentException()
          .isThrownBy(Tunables::fromProperties)
          .withMessageContaining("nack-threshold");
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }

  @Test
  void everyNameIsThereOnce() {
    assertThat(Arrays.stream(Tunable.values()).map(Tunable::optionName)).doesNotHaveDuplicates();
  }
}
