// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.overload;

import io.rxrpc.CallOptions;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Clients that want nothing but answers, and how long these take. */
final class Honest {
  private static final CallOptions OPTIONS = CallOptions.DEFAULT.timeout(Duration.ofSeconds(20));

  private final String name;
  private long[] nanos = new long[1024];
  private int count;
  private int failures;
  private volatile boolean over;

  Honest(String name) {
    this.name = name;
  }

  /** One client, known to the server from its first call on. */
  Thread steady(RxrpcAddress server) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
                client.call(server, new byte[10], OPTIONS);
                while (!over) {
                  call(client, server);
                  TimeUnit.MILLISECONDS.sleep(2);
                }
              } catch (IOException | InterruptedException e) {
                failed(e);
              }
            });
  }

  /** A new client for each call. */
  Thread newcomers(RxrpcAddress server) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (!over) {
                  try (RxrpcEndpoint client = RxrpcEndpoint.open()) {
                    call(client, server);
                  }
                  TimeUnit.MILLISECONDS.sleep(100);
                }
              } catch (IOException | InterruptedException e) {
                failed(e);
              }
            });
  }

  private void call(RxrpcEndpoint client, RxrpcAddress server) {
    byte[] request = new byte[200];
    request[7] = 7;
    long begin = System.nanoTime();
    try {
      if (!Arrays.equals(client.call(server, request, OPTIONS), request)) {
        throw new AssertionError("another reply");
      }
      add(System.nanoTime() - begin);
    } catch (RxrpcException e) {
      failed(e);
    }
  }

  private synchronized void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  private synchronized void failed(Exception e) {
    failures++;
    System.err.println(name + ": " + e.getMessage());
  }

  void stop() {
    over = true;
  }

  /** Begins to count anew. */
  synchronized void reset() {
    count = 0;
    failures = 0;
  }

  synchronized int failures() {
    return failures;
  }

  /** The time that 99 of 100 calls do not exceed, in nanoseconds. */
  synchronized long p99() {
    return quantile(0.99);
  }

  private long quantile(double q) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[(int) Math.min(count - 1, Math.floor(q * count))];
  }

  synchronized String line() {
    return String.format(
        Locale.ROOT,
        "%-12s %,7d calls, %d failed; median %.2f ms, p99 %.2f ms, longest %.2f ms",
        name,
        count,
        failures,
        quantile(0.5) / 1e6,
        quantile(0.99) / 1e6,
        quantile(1) / 1e6);
  }
}
