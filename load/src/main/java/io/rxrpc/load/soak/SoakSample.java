// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.load.soak;

import io.rxrpc.EndpointStatus;
import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the process holds at one moment.
 *
 * @param second since the soak began
 * @param heap bytes of heap in use after a collection
 * @param resident bytes of memory of the process, 0 where the system does not tell
 * @param threads platform threads
 * @param calls live calls of all endpoints
 * @param connections of all endpoints, client and service
 * @param peers of all endpoints
 * @param timers of all endpoints
 * @param packets bytes of packet memory in use, all endpoints
 */
record SoakSample(
    long second,
    long heap,
    long resident,
    int threads,
    int calls,
    int connections,
    int peers,
    int timers,
    long packets) {

  static final String HEADING =
      "  second     calls  failed   heap MB    RSS MB  threads   live  conns  peers  timers   pool"
          + " KB";

  static SoakSample take(long second, List<RxrpcEndpoint> endpoints) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    int calls = 0;
    int connections = 0;
    int peers = 0;
    int timers = 0;
    long packets = 0;
    for (RxrpcEndpoint e : endpoints) {
      EndpointStatus s = e.status();
      calls += s.liveCalls();
      connections += s.clientConnections() + s.serviceConnections();
      peers += s.peers();
      timers += s.timers();
      packets += s.bufferBytes();
    }
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return new SoakSample(second, heap, rss(), threads, calls, connections, peers, timers, packets);
  }

  private static long rss() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      return 0; // not Linux
    }
    return 0;
  }

  /** Whether an endpoint that nobody uses any more still holds something. */
  boolean holds() {
    return calls + connections + peers + timers != 0 || packets != 0;
  }

  String line(long made, int failed) {
    return String.format(
        Locale.ROOT,
        "%8d %9d %7d %9.1f %9.1f %8d %6d %6d %6d %7d %9d",
        second,
        made,
        failed,
        heap / 1e6,
        resident / 1e6,
        threads,
        calls,
        connections,
        peers,
        timers,
        packets >> 10);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("second", second);
    json.put("heap_bytes", heap);
    json.put("resident_bytes", resident);
    json.put("threads", threads);
    json.put("calls", calls);
    json.put("connections", connections);
    json.put("peers", peers);
    json.put("timers", timers);
    json.put("packet_bytes", packets);
    return json;
  }
}
