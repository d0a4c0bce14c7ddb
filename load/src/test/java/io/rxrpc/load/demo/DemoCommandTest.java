// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rxrpc.cli.CommandRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rxrpc demo}, with less data. */
@Tag("long")
class DemoCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"linux", "nio"})
  void everyStepComesOutRight(String kind) {
    CommandRun run = CommandRun.of("demo", "--bytes", "1MiB", "--calls", "50", "--port-kind", kind);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("IPv4, server at 127.0.0.1:")
        .contains("IPv6")
        .contains("1 MiB to the server")
        .contains("1 MiB to the client")
        .contains("checksum right")
        .contains("50 calls in parallel")
        .contains("DEMO_Divide(17, 5) gave quotient 3, remainder 2")
        .contains("a divisor of 2^40 was refused here")
        .contains("RXGEN_OPCODE (-455)")
        .contains("RX_INVALID_OPERATION (-2)")
        .contains("demo@demo.example at level clear")
        .contains("demo@demo.example at level auth")
        .contains("demo@demo.example at level encrypt")
        .contains("rxgk, level clear", "rxgk, level auth", "rxgk, level encrypt")
        .contains("a stolen token           the server refused who has no key of it: RXGK_SEALED")
        .contains("RXKADBADTICKET (19270407)")
        .contains("RXKADLEVELFAIL (19270402)")
        .contains("It works")
        .doesNotContain("FAILED");
    if (kind.equals("linux")) {
      assertThat(run.out()).contains("ECONNREFUSED");
    }
    assertThat(run.code()).isZero();
  }

  @Test
  void jsonTellsEveryStep() {
    JsonObject json =
        CommandRun.of("demo", "--bytes", "100KiB", "--calls", "5", "--json")
            .json()
            .getAsJsonObject();
    assertThat(json.get("ok").getAsBoolean()).isTrue();
    int families = 2 - json.getAsJsonArray("skipped").size();
    assertThat(json.getAsJsonArray("steps")).hasSize(17 * families);
    for (JsonElement step : json.getAsJsonArray("steps")) {
      assertThat(step.getAsJsonObject().get("ok").getAsBoolean()).isTrue();
    }
  }
}
