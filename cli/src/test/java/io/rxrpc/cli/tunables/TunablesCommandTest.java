// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.tunables;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.tuning.Tunable;
import org.junit.jupiter.api.Test;

class TunablesCommandTest {
  @Test
  void everyTunableIsListedWithItsMeaning() {
    CommandRun run = CommandRun.of("tunables");
    assertThat(run.code()).isZero();
    for (Tunable t : Tunable.values()) {
      assertThat(run.out()).contains(t.optionName()).contains(t.meaning());
    }
  }

  @Test
  void setChangesWhatIsListed() {
    JsonObject row = row("rto-min", "tunables", "--json", "--set", "rto-min=50ms");
    assertThat(row.get("value").getAsLong()).isEqualTo(50_000_000);
    assertThat(row.get("text").getAsString()).isEqualTo("50ms");
    assertThat(row.get("default").getAsLong()).isEqualTo(Tunable.RTO_MIN.defaultValue());
    assertThat(row.get("min").getAsLong()).isEqualTo(Tunable.RTO_MIN.min());
    assertThat(row.get("max").getAsLong()).isEqualTo(Tunable.RTO_MIN.max());
    assertThat(row.get("unit").getAsString()).isEqualTo("ns");
    assertThat(row.get("property").getAsString()).isEqualTo("RXRPC_RTO_MIN");
    assertThat(row.get("meaning").getAsString()).isEqualTo(Tunable.RTO_MIN.meaning());
  }

  @Test
  void setMayBeRepeated() {
    String[] args = {"tunables", "--json", "--set", "tx-window=7", "--set", "peers=9"};
    assertThat(row("tx-window", args).get("value").getAsLong()).isEqualTo(7);
    assertThat(row("peers", args).get("value").getAsLong()).isEqualTo(9);
  }

  @Test
  void propertiesSetThemToo() {
    System.setProperty("RXRPC_TX_WINDOW", "11");
    try {
      assertThat(row("tx-window", "tunables", "--json").get("value").getAsLong()).isEqualTo(11);
    } finally {
      System.clearProperty("RXRPC_TX_WINDOW");
    }
  }

  private static JsonObject row(String name, String... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.err()).isEmpty();
    for (JsonElement row : run.json().getAsJsonArray()) {
      if (row.getAsJsonObject().get("name").getAsString().equals(name)) {
        return row.getAsJsonObject();
      }
    }
    throw new AssertionError("no tunable " + name);
  }
}
