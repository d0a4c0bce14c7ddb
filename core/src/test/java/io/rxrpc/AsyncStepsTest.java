// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often a call without a caller that waits is handed to another thread. */
class AsyncStepsTest {
  private static final int CALLS = 50;

  @Test
  void aSmallCallIsHandedOverOnceWhenItsReplyIsThere() throws Exception {
    AtomicInteger handed = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Executor counting =
          work -> {
            handed.incrementAndGet();
            threads.execute(work);
          };
      InetSocketAddress free = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      try (RxrpcEndpoint server = RxrpcEndpoint.open(free);
          RxrpcEndpoint client =
              RxrpcEndpoint.builder().local(free).handlerExecutor(counting).open()) {
        server.serve(1, CallHandler.blob(whole -> whole));
        RxrpcAddress to = new RxrpcAddress(server.localAddress(), 1);
        for (int i = 0; i < CALLS; i++) {
          assertThat(client.callAsync(to, new byte[32]).get(10, SECONDS)).hasSize(32);
        }
      }
    }
    assertThat(handed).hasValue(CALLS);
  }
}
