// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rxrpc.cli.CommandRun;
import io.rxrpc.cli.frame.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code rxrpc soak}, for a moment. */
@Tag("long")
class SoakCommandTest {
  @Test
  void everyCallEndsAsItMustAndNothingIsLeft() {
    CommandRun run =
        CommandRun.of(
            "soak", "0.05", "--json", "--set", "service-idle-expiry=1s", "--set", "peer-expiry=2s");
    JsonObject json = run.json().getAsJsonObject();
    assertThat(json.getAsJsonArray("leaks")).isEmpty();
    assertThat(json.getAsJsonObject("failures").size()).as(run.out()).isZero();
    assertThat(json.get("calls").getAsLong()).isPositive();
    assertThat(json.get("ok").getAsBoolean()).isTrue();
    assertThat(run.code()).isZero();
  }

  @Test
  void whatGrowsIsCalledALeak() {
    List<SoakSample> samples = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      samples.add(new SoakSample(i, (20L + 5L * i) << 20, 0, 5, 9, 9, 9, 9, 9));
    }
    SoakSample clean = new SoakSample(17, 0, 0, 5, 0, 0, 0, 0, 0);
    assertThat(SoakLeaks.find(samples, clean, 5, 5)).singleElement().asString().contains("heap");
    assertThat(SoakLeaks.find(List.of(), clean, 5, 5)).isEmpty();
    SoakSample held = new SoakSample(17, 0, 0, 5, 0, 1, 1, 1, 0);
    assertThat(SoakLeaks.find(List.of(), held, 5, 5)).hasSize(1);
    assertThat(SoakLeaks.find(List.of(), clean, 5, 50)).hasSize(1);
  }

  @Test
  void wrongUsageIsToldInOneLine() {
    assertThat(CommandRun.of("soak", "0").code()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("soak", "1", "--loss", "0.9").code()).isEqualTo(ExitCode.USAGE);
  }
}
