// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit;

import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.engine.Completion;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.testkit.SimHandler.Answer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.Errno;
import io.rxrpc.wire.AbortCodes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is started again or gone while a thousand calls run (docs/reliability.md). */
@Tag("long")
class RestartTest {
  private static final InetSocketAddress CLIENT = SimAddress.of(1, 7001);
  private static final InetSocketAddress SERVER = SimAddress.of(2, 7003);
  private static final int SERVICE = 52;
  private static final int CALLS = 1000;

  /** What the longest call takes when nothing happens. */
  private static final long WORK = ms(2500);

  /** The defaults of the tunables, as the document names them. */
  private static final long KEEPALIVE = ms(1500);

  private static final long DEAD_TIME = ms(20_000);

  private final SimNet net =
      SimNet.seeded(5).links(o -> o.latency(ms(20)).rate(100_000_000, 100_000));
  private SimEndpoint client = new SimEndpoint(net, CLIENT, Tunables.defaults(), 1);
  private int lives;

  RestartTest() {
    startServer();
  }

  /** A server with no memory; a request says how long the reply is, and how long it takes. */
  private void startServer() {
    SimEndpoint e = new SimEndpoint(net, SERVER, Tunables.defaults(), 100 + ++lives);
    e.serve(
        SERVICE,
        request -> {
          ByteBuffer b = ByteBuffer.wrap(request);
          return new Answer(new byte[b.getInt()], 0, ms(b.getInt()), Pace.FAST);
        });
  }

  private SimCall call(int bytes, int reply, int think) {
    byte[] request = ByteBuffer.allocate(bytes).putInt(reply).putInt(think).array();
    return client.call(
        SERVER, SERVICE, NullSecurity.INSTANCE, request, new byte[reply], Pace.FAST, c -> {});
  }

  /** Calls at every step at any time: they send, wait and receive for about two seconds. */
  private List<SimCall> thousand() {
    SplittableRandom random = new SplittableRandom(9);
    List<SimCall> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      int in = i % 2 == 0 ? 8 : 8 + random.nextInt(6_000);
      int out = i % 3 == 0 ? 30 : random.nextInt(6_000);
      calls.add(call(in, out, random.nextInt(1000)));
    }
    return calls;
  }

  private long end(List<SimCall> calls) {
    long begin = net.now();
    net.runUntil(() -> calls.stream().allMatch(SimCall::isComplete));
    return net.now() - begin;
  }

  private static Completion outcome(SimCall call) {
    Completion c = call.outcome();
    if (c == null) {
      throw new AssertionError(call.call() + " is not over");
    }
    return c;
  }

  private void theNextCallsSucceed() {
    List<SimCall> next = thousand();
    assertThat(end(next)).isLessThan(WORK);
    assertThat(next.stream().filter(c -> !c.ok()).map(SimCall::outcome)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 400, 900})
  @Tag("R-42")
  void everyCallOfARestartedServerEndsSoonAndTheNextOnesSucceed(int millis) {
    List<SimCall> calls = thousand();
    net.runFor(ms(millis));
    startServer();
    // asked at the next keepalive; or the whole request once more, and what the server then does
    assertThat(end(calls)).isLessThan(KEEPALIVE + WORK);
    for (SimCall call : calls) {
      Completion c = outcome(call);
      boolean documented =
          switch (c.kind()) {
            case SUCCESS -> true;
            case REMOTE_ABORT -> c.abortCode() == AbortCodes.RX_PROTOCOL_ERROR;
            case LOCAL_ERROR -> c.errno() == Errno.ENETRESET.number();
            case LOCAL_ABORT, NETWORK_ERROR, BUSY -> false;
          };
      assertThat(documented).as("%s", c).isTrue();
    }
    theNextCallsSucceed();
  }

  @Test
  void whileThePortIsClosedCallsFailAtOnce() {
    List<SimCall> calls = thousand();
    net.runFor(ms(500));
    long done = calls.stream().filter(SimCall::isComplete).count();
    net.remove(SERVER);
    assertThat(end(calls)).isLessThan(ms(100));
    assertThat(calls.stream().filter(SimCall::ok).count()).isBetween(done, done + 100);
    for (SimCall call : calls) {
      Completion c = outcome(call);
      assertThat(c.ok() || c.errno() == Errno.ECONNREFUSED.number()).as("%s", c).isTrue();
    }
    startServer();
    net.runFor(ms(100)); // what the old port refuses is still on its way
    theNextCallsSucceed();
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 4})
  void callsOfASilentServerEndTogetherHoweverFewChannelsThereAre(int connections) {
    client.close(AbortCodes.RX_CALL_DEAD);
    client =
        new SimEndpoint(
            net, CLIENT, Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, connections), 2);
    List<SimCall> calls = thousand();
    net.runFor(ms(100));
    net.links(o -> o.cut(true));
    assertThat(end(calls)).isLessThan(2 * DEAD_TIME + ms(100));
    for (SimCall call : calls) {
      assertThat(call.ok() || outcome(call).errno() == Errno.ETIME.number()).isTrue();
      assertThat(call.duration()).isLessThan(2 * DEAD_TIME + ms(100));
    }
    net.links(o -> o.cut(false));
    startServer();
    SimCall next = call(8, 30, 10);
    net.runUntil(next::isComplete);
    assertThat(next.ok()).isTrue();
  }

  @Test
  void fewChannelsAreFreeAgainSoonAfterARestart() {
    client.close(AbortCodes.RX_CALL_DEAD);
    client =
        new SimEndpoint(net, CLIENT, Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, 4), 2);
    List<SimCall> calls = thousand();
    net.runFor(ms(900));
    startServer();
    net.runFor(KEEPALIVE + ms(500));
    List<SimCall> hit = calls.stream().filter(c -> c.isComplete() && !c.ok()).toList();
    assertThat(hit).hasSizeBetween(1, 16);
    end(calls);
    assertThat(calls.stream().filter(c -> !c.ok()).toList()).isEqualTo(hit);
  }
}
