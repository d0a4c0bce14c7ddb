// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.overload;

import io.rxrpc.EndpointStatus;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The server, in a process of its own so that its memory is nobody else's. It prints its port, and
 * for each line of its input one line of what it holds.
 */
final class VictimMain {
  static final int ECHO = 52;

  /** Replies with 100 kB to anything. */
  static final int BULK = 53;

  private VictimMain() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (RxrpcEndpoint server = RxrpcEndpoint.builder().local(local).open()) {
      byte[] bulk = new byte[100_000];
      server.serve(ECHO, call -> call.endReply(call.readAll(1 << 20)));
      server.serve(BULK, call -> call.endReply(bulk));
      System.out.println(server.localAddress().getPort());
      while (System.in.read() >= 0) {
        System.out.println(line(server));
      }
    }
  }

  private static String line(RxrpcEndpoint server) throws IOException {
    System.gc();
    Runtime r = Runtime.getRuntime();
    long resident = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        resident = Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    EndpointStatus s = server.status();
    Map<String, Long> counters = server.counters();
    return String.format(
        Locale.ROOT,
        "heap %.1f MB, resident %.1f MB, packet memory %.1f MB, %,d peers, %,d connections,"
            + " %,d calls, %,d PINGs to strangers, %,d ignored, %,d proven; %.2f s of a processor",
        (r.totalMemory() - r.freeMemory()) / 1e6,
        resident / 1e6,
        s.bufferBytes() / 1e6,
        s.peers(),
        s.serviceConnections(),
        s.liveCalls(),
        counters.getOrDefault("strangers-pinged", 0L),
        counters.getOrDefault("strangers-ignored", 0L),
        counters.getOrDefault("strangers-proven", 0L),
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9);
  }
}
