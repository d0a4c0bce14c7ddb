// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.engine.Counter;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.tuning.Tunables;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Linux has prepared ten calls for those to come, and answers others by BUSY. */
@Tag("long")
class LinuxBacklogTest {
  private static final InetSocketAddress ENGINE = SimAddress.of(1, 7001);
  private static final InetSocketAddress LINUX = SimAddress.of(2, 7003);
  private static final int SERVICE = 5;
  private static final ToyHandshake SECRET = new ToyHandshake(99);

  @ParameterizedTest
  @CsvSource({
    "100, 0, false", "100, 3000, false", "100, 0, true", "100, 3000, true",
    "1000, 10, false", "1000, 3000, false", "1000, 10, true", "100, 60000, false"
  })
  @Tag("R-31")
  void moreCallsAtOnceThanItTakesAllGoThrough(int calls, int bytes, boolean secured) {
    SimNet net = SimNet.seeded(calls + bytes).links(o -> o.latency(ms(1) / 10));
    ModelPeer linux = new ModelPeer(net, LINUX, Habits.LINUX, 8, 0);
    linux.secret(SECRET);
    linux.serve(SERVICE, () -> SimHandler.ECHO);
    SimEndpoint engine = new SimEndpoint(net, ENGINE, Tunables.defaults(), 3);
    ClientSecurity security = secured ? SECRET : NullSecurity.INSTANCE;
    byte[] request = new byte[bytes];
    List<SimCall> made = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      made.add(engine.call(LINUX, SERVICE, security, request, request, Pace.FAST, c -> {}));
    }
    long end = net.now() + ms(60_000);
    net.runUntil(() -> made.stream().allMatch(SimCall::isComplete) || net.now() > end);
    assertThat(made)
        .allSatisfy(
            c -> assertThat(Objects.requireNonNull(c.outcome())).isEqualTo(Completion.SUCCESS));
    assertThat(net.elapsed()).isLessThan(ms(20) * calls);
    // at first each packet of each call is refused, then few are
    long first = Math.min(16, bytes / 1412 + 1);
    assertThat(engine.engine().counters().get(Counter.BUSY_RECEIVED))
        .isLessThan((first + 2) * calls);
  }
}
