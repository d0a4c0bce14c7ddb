// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.bench.figures.echo;

import io.rxrpc.RxrpcEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an idle endpoint keeps of the machine's memory: resident outside the heap, whose pages were
 * all touched before, and used in the heap after a collection.
 */
final class EndpointMemory {
  private static final int BEFORE = 8;
  private static final int MORE = 200;

  private EndpointMemory() {}

  /** Octets of one endpoint. */
  static double octets() throws IOException {
    List<RxrpcEndpoint> open = new ArrayList<>();
    try {
      for (int i = 0; i < BEFORE; i++) {
        open.add(RxrpcEcho.endpoint());
      }
      long before = used();
      for (int i = 0; i < MORE; i++) {
        open.add(RxrpcEcho.endpoint());
      }
      return (double) (used() - before) / MORE;
    } finally {
      open.forEach(RxrpcEndpoint::close);
    }
  }

  private static long used() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return heap + Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("/proc/self/status tells no VmRSS");
  }
}
