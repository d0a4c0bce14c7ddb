// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Very many calls: at one moment, and one after the other. */
@Tag("long")
class ManyCallsTest {
  private static final int SERVICE = 52;

  @Test
  void tenThousandHandlersWaitAtOneBarrierAndAllComplete() throws Exception {
    int calls = 10_000;
    Tunables tunables = Tunables.defaults().with(Tunable.BUNDLE_CONNECTIONS, calls / 4);
    try (RxrpcEndpoint server = open(tunables);
        RxrpcEndpoint client = open(tunables);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      CyclicBarrier barrier = new CyclicBarrier(calls);
      server.serve(
          SERVICE,
          call -> {
            byte[] request = call.readAll(100);
            barrier.await();
            call.endReply(request);
          });
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      List<Future<byte[]>> replies = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        byte[] request = {(byte) (i >> 8), (byte) i};
        replies.add(callers.submit(() -> client.call(to, request)));
      }
      for (int i = 0; i < calls; i++) {
        assertThat(replies.get(i).get()).containsExactly((byte) (i >> 8), (byte) i);
      }
    }
  }

  @Test
  void aHundredThousandSequentialCallsLeaveNothingBehind() throws Exception {
    Tunables tunables = Tunables.defaults();
    try (RxrpcEndpoint server = open(tunables);
        RxrpcEndpoint client = open(tunables)) {
      server.serve(SERVICE, CallHandler.blob(request -> request));
      RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
      for (int i = 0; i < 100_000; i++) {
        client.call(to, new byte[20]);
      }
      EndpointStatus after = client.status();
      // a channel that is not free yet when the next call comes may make a second connection
      assertThat(after.clientConnections()).isBetween(1, 2);
      assertThat(after.liveCalls()).isZero();
      assertThat(after.bufferBytes()).isZero();
      assertThat(after.timers()).isLessThanOrEqualTo(3);
      EndpointStatus there = server.status();
      assertThat(there.serviceConnections()).isBetween(1, 2);
      // the last reply may still wait for its final ACK
      assertThat(there.liveCalls()).isLessThanOrEqualTo(1);
      assertThat(there.bufferBytes()).isLessThanOrEqualTo(1024);
      assertThat(there.timers()).isLessThanOrEqualTo(4);
    }
  }

  private static RxrpcEndpoint open(Tunables tunables) throws Exception {
    return RxrpcEndpoint.builder()
        .local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .tunables(tunables)
        .open();
  }
}
