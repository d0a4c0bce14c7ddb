// SPDX-License-Identifier: Apache-2.0
package io.rxrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rxrpc.tuning.Tunables;
import io.rxrpc.udp.PortKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A quick look at the throughput with both ends in one process: {@code QuickPerf [linux|nio] [bulk]
 * [rpc=N] [async=N] [inloop=N] [seconds=S]}. Not a benchmark: it tells whether a change helps.
 */
public final class QuickPerf {
  private static final int SERVICE = 100;

  private static long cpu;

  private QuickPerf() {}

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Runs what is asked for, or all. */
  public static void main(String[] args) throws Exception {
    PortKind kind = PortKind.LINUX;
    double seconds = 3;
    List<String> runs = new ArrayList<>();
    for (String arg : args) {
      switch (name(arg)) {
        case "linux" -> kind = PortKind.LINUX;
        case "nio" -> kind = PortKind.NIO;
        case "seconds" -> seconds = Double.parseDouble(value(arg));
        default -> runs.add(arg);
      }
    }
    if (runs.isEmpty()) {
      runs = List.of("send", "recv", "rpc=1", "rpc=16", "rpc=256", "async=16", "async=256");
    }
    try (RxrpcEndpoint server = open(kind, false);
        RxrpcEndpoint inLoop = open(kind, true);
        RxrpcEndpoint client = open(kind, false)) {
      server.serve(SERVICE, CallHandler.blob(request -> request));
      server.serve(SERVICE + 1, QuickPerf::discard);
      server.serve(SERVICE + 2, QuickPerf::source);
      for (String run : runs) {
        int n = value(run).isEmpty() ? 1 : Integer.parseInt(value(run));
        long nanos = (long) (seconds * 1e9);
        cpu = cpuNanos();
        switch (name(run)) {
          case "send" -> send(client, server, nanos);
          case "recv" -> receive(client, server, nanos);
          case "rpc" -> rpc(client, server, n, nanos);
          case "async" -> async(client, server, n, nanos);
          case "inloop" -> chained(inLoop, server, n, nanos);
          default -> throw new IllegalArgumentException(run);
        }
      }
      print("client", client);
      print("server", server);
    }
  }

  private static String name(String arg) {
    int at = arg.indexOf('=');
    return at < 0 ? arg : arg.substring(0, at);
  }

  private static String value(String arg) {
    int at = arg.indexOf('=');
    return at < 0 ? "" : arg.substring(at + 1);
  }

  private static RxrpcEndpoint open(PortKind kind, boolean completeInLoop) throws Exception {
    return RxrpcEndpoint.builder()
        .local(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
        .tunables(Tunables.fromProperties())
        .port(kind)
        .completeInLoop(completeInLoop)
        .open();
  }

  private static void print(String who, RxrpcEndpoint endpoint) {
    StringBuilder s = new StringBuilder(who + " " + endpoint.status());
    for (Map.Entry<String, Long> e : endpoint.counters().entrySet()) {
      if (e.getValue() != 0) {
        s.append(' ').append(e.getKey()).append('=').append(e.getValue());
      }
    }
    System.out.println(s);
  }

  private static void discard(ServerCall call) throws Exception {
    byte[] buffer = new byte[256 * 1024];
    int n;
    do {
      n = call.read(buffer, 0, buffer.length);
    } while (n >= 0);
  }

  private static void source(ServerCall call) throws Exception {
    byte[] buffer = new byte[256 * 1024];
    long left = Long.parseLong(new String(call.readAll(100), US_ASCII));
    while (left > 0) {
      int n = (int) Math.min(left, buffer.length);
      call.write(buffer, 0, n);
      left -= n;
    }
  }

  private static RxrpcAddress at(RxrpcEndpoint server, int service) {
    return new RxrpcAddress(server.localAddress(), service);
  }

  private static void send(RxrpcEndpoint client, RxrpcEndpoint server, long nanos)
      throws Exception {
    byte[] buffer = new byte[256 * 1024];
    long start = System.nanoTime();
    long bytes = 0;
    try (ClientCall call = client.begin(at(server, SERVICE + 1))) {
      while (System.nanoTime() - start < nanos) {
        call.write(buffer, 0, buffer.length);
        bytes += buffer.length;
      }
      call.readAll(0);
    }
    report("send", bytes, System.nanoTime() - start);
  }

  private static void receive(RxrpcEndpoint client, RxrpcEndpoint server, long nanos)
      throws Exception {
    byte[] buffer = new byte[256 * 1024];
    long wanted = nanos; // about a byte a nanosecond
    long start = System.nanoTime();
    long bytes = 0;
    try (ClientCall call = client.begin(at(server, SERVICE + 2))) {
      byte[] request = Long.toString(wanted).getBytes(US_ASCII);
      call.write(request, 0, request.length);
      for (int n = call.read(buffer, 0, buffer.length);
          n >= 0;
          n = call.read(buffer, 0, buffer.length)) {
        bytes += n;
      }
    }
    report("recv", bytes, System.nanoTime() - start);
  }

  private static void report(String what, long bytes, long nanos) {
    System.out.printf(
        "%-9s %,8.0f MB/s  (%d MB in %.2f s), CPU %.0f us/MB%n",
        what,
        bytes * 1e3 / nanos,
        bytes / 1_000_000,
        nanos / 1e9,
        (cpuNanos() - cpu) * 1e3 / bytes);
  }

  private static void rpc(RxrpcEndpoint client, RxrpcEndpoint server, int n, long nanos)
      throws Exception {
    RxrpcAddress to = at(server, SERVICE);
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    long[] counts = new long[n];
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    for (int t = 0; t < n; t++) {
      int me = t;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    byte[] request = new byte[32];
                    try {
                      while (System.nanoTime() - start < nanos) {
                        client.call(to, request);
                        counts[me]++;
                      }
                    } catch (RxrpcException e) {
                      failure.set(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    long calls = 0;
    for (long c : counts) {
      calls += c;
    }
    rate("rpc " + n, calls, System.nanoTime() - start);
  }

  private static void async(RxrpcEndpoint client, RxrpcEndpoint server, int n, long nanos)
      throws Exception {
    RxrpcAddress to = at(server, SERVICE);
    byte[] request = new byte[32];
    long start = System.nanoTime();
    Semaphore slots = new Semaphore(n);
    AtomicInteger done = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    while (System.nanoTime() - start < nanos && failure.get() == null) {
      slots.acquire();
      var _ =
          client
              .callAsync(to, request)
              .whenComplete(
                  (reply, e) -> {
                    if (e != null) {
                      failure.set(e);
                    }
                    done.incrementAndGet();
                    slots.release();
                  });
    }
    slots.acquire(n);
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    rate("async " + n, done.get(), System.nanoTime() - start);
  }

  /** Callers that are futures: the end of each call begins the next, in the loop. */
  private static void chained(RxrpcEndpoint client, RxrpcEndpoint server, int n, long nanos)
      throws Exception {
    RxrpcAddress to = at(server, SERVICE);
    long start = System.nanoTime();
    AtomicInteger done = new AtomicInteger();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      next(client, to, start + nanos, done, end);
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get();
    rate("inloop " + n, done.get(), System.nanoTime() - start);
  }

  private static void next(
      RxrpcEndpoint client,
      RxrpcAddress to,
      long until,
      AtomicInteger done,
      CompletableFuture<Void> end) {
    if (System.nanoTime() > until) {
      end.complete(null);
      return;
    }
    var _ =
        client
            .callAsync(to, new byte[32])
            .whenComplete(
                (reply, e) -> {
                  if (e != null) {
                    end.completeExceptionally(e);
                  } else {
                    done.incrementAndGet();
                    next(client, to, until, done, end);
                  }
                });
  }

  private static void rate(String what, long calls, long nanos) {
    System.out.printf(
        "%-9s %,8.0f calls/s, CPU %.1f us/call%n",
        what, calls * 1e9 / nanos, (cpuNanos() - cpu) / 1e3 / calls);
  }
}
