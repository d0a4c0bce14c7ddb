// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.small;

import com.sun.management.ThreadMXBean;
import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Small calls by {@code callAsync} between two endpoints of this process, so many open at once. */
final class AsyncLoad implements AutoCloseable {
  /** What a run has shown. */
  record Result(long calls, long nanos, long bytes) {
    double perSecond() {
      return calls * 1e9 / nanos;
    }

    /** Octets allocated by all threads, both ends, for each call. */
    double bytesPerCall() {
      return (double) bytes / calls;
    }
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SERVICE = 147;
  private static final int OCTETS = 32;

  private final RxrpcEndpoint server = endpoint();
  private final RxrpcEndpoint client = endpoint();
  private final RxrpcAddress to = new RxrpcAddress(server.localAddress(), SERVICE);
  private final byte[] request = new byte[OCTETS];

  AsyncLoad() throws IOException {
    server.serve(SERVICE, CallHandler.blob(blob -> blob));
  }

  private static RxrpcEndpoint endpoint() throws IOException {
    return RxrpcEndpoint.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  /** Makes so many calls with so many open at once. */
  Result run(int open, long calls) throws InterruptedException {
    Run run = new Run(open, calls);
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long begin = System.nanoTime();
    for (int i = 0; i < open; i++) {
      run.next();
    }
    run.over.await();
    long nanos = System.nanoTime() - begin;
    bytes = THREADS.getTotalThreadAllocatedBytes() - bytes;
    Throwable failure = run.failure.get();
    if (failure != null) {
      throw new IllegalStateException("a call failed", failure);
    }
    return new Result(calls, nanos, bytes);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  private final class Run {
    final CountDownLatch over;
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicLong left;

    Run(int open, long calls) {
      over = new CountDownLatch(open);
      left = new AtomicLong(calls);
    }

    void next() {
      if (failure.get() != null || left.getAndDecrement() <= 0) {
        over.countDown();
        return;
      }
      var _ =
          client
              .callAsync(to, request)
              .whenComplete(
                  (reply, why) -> {
                    if (why != null || reply.length != OCTETS) {
                      failure.compareAndSet(
                          null, why == null ? new AssertionError("another reply") : why);
                    }
                    next();
                  });
    }
  }
}
