// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.neighbours;

import io.rxrpc.CallHandler;
import io.rxrpc.RxrpcAddress;
import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.RxrpcException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Prints the latency of quick calls, one after the other, alone and beside a service of each kind
 * of manners that is called a thousand times a second: {@code ./build bench neighbours}.
 */
public final class NeighboursMain {
  private static final int QUICK = 1;
  private static final int BESIDE = 2;
  private static final int CALLS = 20_000;
  private static final long EACH = TimeUnit.MILLISECONDS.toNanos(1);

  private NeighboursMain() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    System.out.println("us of a quick call          p50     p99   p99.9      max  relieved");
    measure(null, true);
    measure(null, false);
    for (Manners manners : Manners.values()) {
      measure(manners, false);
    }
  }

  private static RxrpcEndpoint open() throws Exception {
    return RxrpcEndpoint.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static void measure(@Nullable Manners manners, boolean warmUp) throws Exception {
    try (RxrpcEndpoint server = open();
        RxrpcEndpoint client = open();
        RxrpcEndpoint other = open()) {
      RxrpcAddress echo = new RxrpcAddress(server.localAddress(), QUICK);
      server.serve(QUICK, CallHandler.blob(request -> request));
      Thread beside = Thread.ofPlatform().unstarted(() -> {});
      if (manners != null) {
        server.serve(BESIDE, manners.handler(server, echo));
        RxrpcAddress to = new RxrpcAddress(server.localAddress(), BESIDE);
        beside = Thread.ofPlatform().daemon().start(() -> callOn(other, to));
      }
      long[] nanos = new long[CALLS];
      byte[] request = new byte[32];
      for (int i = 0; i < CALLS; i++) {
        long start = System.nanoTime();
        client.call(echo, request);
        nanos[i] = System.nanoTime() - start;
      }
      beside.interrupt();
      beside.join();
      if (!warmUp) {
        print(manners == null ? "alone" : manners.text, nanos, server);
      }
    } catch (RxrpcException e) {
      System.out.println("a quick call failed: " + e);
    }
  }

  private static void callOn(RxrpcEndpoint client, RxrpcAddress to) {
    long next = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      var _ = client.callAsync(to, new byte[32]);
      next += EACH;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static void print(String what, long[] nanos, RxrpcEndpoint server) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-22.22s %8.1f%8.1f%8.1f%9.1f%10d%n",
        what,
        nanos[CALLS / 2] / 1e3,
        nanos[CALLS - CALLS / 100] / 1e3,
        nanos[CALLS - CALLS / 1000] / 1e3,
        nanos[CALLS - 1] / 1e3,
        server.counters().get("loops-relieved"));
  }
}
