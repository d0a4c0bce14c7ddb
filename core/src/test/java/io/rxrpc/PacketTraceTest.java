// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.wire.Header;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A line for each packet. */
class PacketTraceTest {
  private static final String LINE =
      "\\d+\\.\\d{6} \\S+:\\d+ > \\S+:\\d+: [A-Z]+ cid [0-9a-f]{8}\\.\\d.*";
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 7001);

  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static void record(PacketTrace trace, long nanos) {
    trace.record(nanos, HERE, HERE, MemorySegment.ofArray(new byte[Header.LENGTH]), 0, 28);
  }

  @Test
  void aCallIsSeenPacketByPacket() throws Exception {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (PacketTrace trace = PacketTrace.to(lines::add)) {
      try (RxrpcEndpoint server = RxrpcEndpoint.open(LOCAL);
          RxrpcEndpoint client = RxrpcEndpoint.builder().local(LOCAL).trace(trace).open()) {
        server.serve(100, call -> call.endReply(call.readAll(100)));
        client.call(
            RxrpcAddress.of("127.0.0.1", server.localAddress().getPort(), 100),
            "hello".getBytes(UTF_8));
      }
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allMatch(line -> line.matches(LINE));
    assertThat(lines.getFirst()).contains("DATA").contains("client,last").contains("svc 100 len 5");
    assertThat(lines.subList(1, lines.size()))
        .anySatisfy(line -> assertThat(line).contains("DATA").contains("len 5"));
  }

  @Test
  void timeBeginsWithTheFirstPacket() {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (PacketTrace trace = PacketTrace.to(lines::add)) {
      record(trace, 5_000_000_000L);
      record(trace, 5_001_500_000L);
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("0.000000 127.0.0.1:7001 > 127.0.0.1:7001: ");
    assertThat(lines.get(1)).startsWith("0.001500 ");
  }

  @Test
  void aSlowTakerLosesLinesAndIsToldHowMany() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (PacketTrace trace =
        PacketTrace.to(
            line -> {
              taken.countDown();
              await(held);
              lines.add(line);
            })) {
      record(trace, 0);
      taken.await();
      for (int i = 0; i < PacketTrace.WAITING + 7; i++) {
        record(trace, i);
      }
      held.countDown();
    }
    assertThat(lines).hasSize(1 + PacketTrace.WAITING + 1);
    assertThat(lines.getLast()).contains("7 lines were left out");
  }

  @Test
  void aTakerThatFailsEndsTheTraceAndNothingElse() {
    PacketTrace trace =
        PacketTrace.to(
            line -> {
              throw new IllegalStateException("the taker of this test fails");
            });
    record(trace, 0);
    trace.close();
    record(trace, 1);
    trace.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
