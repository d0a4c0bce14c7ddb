// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.SimSink;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer whose UDP receive buffer is 64 KiB as asked for, 128 KiB as Linux reports it. */
@Tag("long")
class SmallBufferTest {
  private static final InetSocketAddress CLIENT = SimAddress.of(1, 7001);
  private static final InetSocketAddress SERVER = SimAddress.of(2, 7003);

  /** Payload bits a second of so many calls, and what was lost in the buffer. */
  private record Rate(double bits, int overruns) {}

  private static Rate rate(int calls, long micros) {
    return rate(calls, micros, Tunables.defaults());
  }

  private static Rate rate(int calls, long micros, Tunables receiver) {
    SimNet net = SimNet.seeded(calls);
    net.links(o -> o.latency(micros * 1000 / 2).rate(10_000_000_000L, 10_000));
    SimEndpoint server = new SimEndpoint(net, SERVER, receiver, 1);
    server.receiveBuffer(128 << 10, 4_000);
    SimEndpoint client = new SimEndpoint(net, CLIENT, Tunables.defaults(), 2);
    List<SimSink> sinks = new ArrayList<>();
    server.sink(7, sinks::add);
    for (int i = 0; i < calls; i++) {
      client.flow(SERVER, 7);
    }
    net.runFor(200_000_000);
    long before = sinks.stream().mapToLong(SimSink::bytes).sum();
    net.runFor(400_000_000);
    long bytes = sinks.stream().mapToLong(SimSink::bytes).sum() - before;
    return new Rate(bytes * 8 / 0.4, net.faults().getOrDefault(Fault.BUFFER_FULL, 0));
  }

  /** OpenAFS tells windows of 32 packets, and two of these are more than its buffer holds. */
  @ParameterizedTest(name = "rtt {0} us")
  @ValueSource(longs = {60, 200, 1000})
  void callsToOneWithNarrowWindowsDoNotOverrunItsBuffer(long micros) {
    Tunables openafs = Tunables.defaults().with(Tunable.RX_WINDOW, 32);
    Rate one = rate(1, micros, openafs);
    for (int calls : new int[] {2, 4, 8}) {
      Rate several = rate(calls, micros, openafs);
      System.out.printf(
          "64 KiB buffer, windows of 32, %d us: one call %.0f Mbit/s, %d calls %.0f Mbit/s (%d)%n",
          micros, one.bits() / 1e6, calls, several.bits() / 1e6, several.overruns());
      assertThat(several.overruns()).isLessThan(50);
      assertThat(several.bits()).isGreaterThan(0.95 * one.bits());
    }
  }

  @ParameterizedTest(name = "rtt {0} us")
  @ValueSource(longs = {100, 1000, 10_000})
  void eightCallsKeepTheRateOfOne(long micros) {
    Rate one = rate(1, micros);
    Rate eight = rate(8, micros);
    System.out.printf(
        "64 KiB buffer, %d us: one call %.0f Mbit/s (%d overruns), eight %.0f Mbit/s (%d)%n",
        micros, one.bits() / 1e6, one.overruns(), eight.bits() / 1e6, eight.overruns());
    assertThat(eight.overruns()).as("the buffer is the bottleneck").isPositive();
    assertThat(eight.bits()).isGreaterThan(0.7 * one.bits());
  }
}
