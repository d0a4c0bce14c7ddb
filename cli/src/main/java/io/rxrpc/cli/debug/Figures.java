// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.debug;

import io.rxrpc.wire.DebugStats;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a whole server; null for what one of its age does not tell.
 *
 * @param version the letter of its debug interface, L..S
 */
record Figures(
    int version,
    int freePackets,
    @Nullable Integer packets,
    int reclaims,
    int calls,
    int sockets,
    boolean waitsForPackets,
    @Nullable Integer waitingCalls,
    @Nullable Integer idleThreads,
    @Nullable Integer callsThatWaited) {
  static Figures of(MemorySegment p) {
    int version = DebugStats.version(p, 0);
    return new Figures(
        version,
        DebugStats.freePackets(p, 0),
        DebugStats.hasPackets(version) ? DebugStats.packets(p, 0) : null,
        DebugStats.packetReclaims(p, 0),
        DebugStats.callsExecuted(p, 0),
        DebugStats.usedFds(p, 0),
        DebugStats.waitingForPackets(p, 0) != 0,
        DebugStats.hasWaiting(version) ? DebugStats.waiting(p, 0) : null,
        DebugStats.hasIdleThreads(version) ? DebugStats.idleThreads(p, 0) : null,
        DebugStats.hasWaited(version) ? DebugStats.waited(p, 0) : null);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("debug_version", String.valueOf((char) version));
    json.put("free_packets", freePackets);
    put(json, "packets", packets);
    json.put("packet_reclaims", reclaims);
    json.put("calls", calls);
    json.put("used_fds", sockets);
    json.put("waiting_for_packets", waitsForPackets);
    put(json, "calls_waiting", waitingCalls);
    put(json, "idle_threads", idleThreads);
    put(json, "calls_waited", callsThatWaited);
    return json;
  }

  void print(PrintStream out) {
    row(out, "free packets", freePackets + (packets == null ? "" : " of " + packets));
    row(out, "packet reclaims", reclaims);
    row(out, "calls", calls);
    row(out, "used file descriptors", sockets);
    row(out, "waits for packets", waitsForPackets ? "yes" : "no");
    row(out, "calls waiting for a thread", waitingCalls);
    row(out, "idle threads", idleThreads);
    row(out, "calls that have waited", callsThatWaited);
  }

  private static void put(Map<String, Object> json, String name, @Nullable Integer value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void row(PrintStream out, String name, @Nullable Object value) {
    if (value != null) {
      out.printf(Locale.ROOT, "%-28s %s%n", name, value);
    }
  }
}
